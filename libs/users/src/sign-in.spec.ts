import { Sealing } from '@fil-rouge/platform';
import { invitationToken, openInvitation } from './invitations';
import { hashPassword, verifyPassword } from './passwords';
import { choose, foldAddress, foldEmail } from './sign-in';

describe('choosing what to act for', () => {
  const employment = (structureId: string, role: 'counsellor' | 'manager' | 'coordinator') => ({ id: `${structureId}-${role}`, role, structureId, structureName: structureId });
  const both = [employment('a', 'counsellor'), employment('a', 'manager'), employment('b', 'counsellor')];

  it('takes the only structure, and there the strongest role', () => {
    expect(choose(both.slice(0, 2))?.id).toBe('a-manager');
    expect(choose([employment('a', 'manager'), employment('a', 'coordinator')])?.id).toBe('a-coordinator');
  });

  it('asks when there are several, and takes the one that was named', () => {
    expect(choose(both)).toBeUndefined();
    expect(choose(both, 'b')?.id).toBe('b-counsellor');
    expect(choose(both, 'a', 'counsellor')?.id).toBe('a-counsellor');
    expect(choose(both, 'c')).toBeUndefined();
  });
});

it('counts attempts by e-mail in lower case', () => {
  expect(foldEmail('  Anne@Exemple.FR ')).toBe('anne@exemple.fr');
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:0db8:00a0:1::7', '2001:db8:a0:1::/64'],
  ['2001:db8:a0:1:ffff:ffff:ffff:ffff', '2001:db8:a0:1::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('counts attempts from %s as %s', (address, counted) => {
  expect(foldAddress(address)).toBe(counted);
});

describe('a password', () => {
  it('is hashed with Argon2id and the parameters written in the code', async () => {
    expect(await hashPassword('une longue phrase')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('is right only against its own hash, and never against none', async () => {
    const hash = await hashPassword('une longue phrase');
    expect(await verifyPassword(hash, 'une longue phrase')).toBe(true);
    expect(await verifyPassword(hash, 'une autre phrase')).toBe(false);
    expect(await verifyPassword(null, 'une longue phrase')).toBe(false);
  });

  it('makes a flood wait outside instead of filling the memory', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 80 }, () => verifyPassword(null, 'x')));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(16);
    expect(refused[0]!.reason).toMatchObject({ code: 'busy', members: { retryAfter: 3 } });
  });
});

it('makes the secret of an invitation from its id, and reads back only what this system made for that purpose', () => {
  const sealing = new Sealing(Buffer.alloc(32, 1));
  const id = '01920000-0000-7000-8000-000000000001';
  const token = invitationToken(sealing, id);
  expect(token).not.toContain(id);
  expect(openInvitation(sealing, token)).toBe(id);
  // The first character, all of whose bits count: another last one may spell the same bytes.
  expect(openInvitation(sealing, `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`)).toBeNull();
  expect(openInvitation(sealing, sealing.sealToken('match', { id }))).toBeNull();
  expect(openInvitation(new Sealing(Buffer.alloc(32, 2)), token)).toBeNull();
});
