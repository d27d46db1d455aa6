import { BlockList, isIP } from 'node:net';
import { SettingsError, type Settings } from '@fil-rouge/platform';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Only what is surely this machine: any other name may be an address of the network. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(bare);
  return family === 0 ? bare.toLowerCase() === 'localhost' : loopback.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/** The setting by which others than this machine reach the system; undefined when none does. */
export function exposedBy({ host, trustedProxies, publicUrl }: Settings): string | undefined {
  if (!isLoopback(host)) return `HOST=${host}`;
  if (trustedProxies > 0) return `TRUSTED_PROXIES=${trustedProxies}`;
  return isLoopback(new URL(publicUrl).hostname) ? undefined : `PUBLIC_URL=${publicUrl}`;
}

/** The demo accounts share one password and one of them is an administrator: a database that holds them is never for others to reach. */
export function refuseDemoAccounts(settings: Settings, demoAccounts: number): void {
  const exposed = exposedBy(settings);
  if (exposed === undefined || demoAccounts === 0) return;
  throw new SettingsError([
    `This database holds the demo accounts (…@….demo, one password for all), and with ${exposed} others can reach them. Take an empty DATA_DIR or DATABASE_URL for real work, or leave ${exposed.replace(/=.*/s, '')} out.`,
  ]);
}
