import type { Launched } from './launch';

/** What somebody who has just started the system needs: where it is, what it did, who may sign in. */
export function greet({ baseUrl, accounts, password, notices, deserted, settings }: Launched): void {
  const say = (line = ''): void => void process.stdout.write(`${line}\n`);
  for (const notice of notices) say(`• ${notice}`);
  say();
  say(`Fil Rouge est prêt : ${baseUrl}`);
  if (settings.docs) say(`  Pour les programmes   ${baseUrl}/docs`);
  say(`  État du système       ${baseUrl}/health/ready`);
  if (accounts.length > 0) {
    say();
    say('Comptes de démonstration');
    const width = Math.max(...accounts.map(({ email }) => email.length));
    for (const { email, name } of accounts) say(`  ${email.padEnd(width)}  ${name}`);
    say(
      password === null
        ? '  Le mot de passe est celui affiché au premier démarrage. Pour en choisir un autre : DEMO_PASSWORD=…'
        : `  Mot de passe de tous ces comptes : ${password}`,
    );
  } else if (deserted) {
    say(
      '  Aucun compte n’est créé. Le premier : npm run admin -- create-administrator --email … --name … --new-structure …',
    );
  }
  say();
  say('Pour arrêter : Ctrl-C.');
}
