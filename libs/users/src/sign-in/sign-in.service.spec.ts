import { hash } from '@node-rs/argon2';
import type { Problem } from '@fil-rouge/kernel';
import { Sealing } from '@fil-rouge/platform';
import { invitationToken, linkToken, openLink } from './links.service';
import { refuseWeak } from './password-strength.service';
import { canonicalPassword, hashPassword, proofsAside, proofsOf } from './passwords.service';
import { choose, foldAddress, foldEmail } from './sign-in.service';

describe('choosing what to act for', () => {
  const employment = (structureId: string, role: 'counsellor' | 'manager' | 'coordinator') => ({
    id: `${structureId}-${role}`,
    role,
    structureId,
    structureName: structureId,
  });
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

/** As the database does it: it gives the salt, and compares. */
const proves = async (hash: string | null, typed: string, make = proofsOf): Promise<boolean> =>
  (await make(hash?.replace(/\$[^$]*$/, ''), typed)).includes(hash ?? '');

describe('a password', () => {
  it('is hashed with Argon2id and the parameters written in the code', async () => {
    expect(await hashPassword('une longue phrase')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('is right only against its own hash, and never against none', async () => {
    const hash = await hashPassword('une longue phrase');
    expect(await proves(hash, 'une longue phrase')).toBe(true);
    expect(await proves(hash, 'une autre phrase')).toBe(false);
    expect(await proves(null, 'une longue phrase')).toBe(false);
  });

  it('is the same from every keyboard, and kept as it was typed before it still opens', async () => {
    const typed = 'l\u2019e\u0301te\u0301\u00a0a\u0300\u3000Sable\u0301';
    expect(canonicalPassword(typed)).toBe('l\u2019été à Sablé');
    expect(await proves(await hashPassword(typed), 'l\u2019été à Sablé')).toBe(true);
    expect(await proves(await hash(typed), typed)).toBe(true);
    expect(await proves(await hashPassword('x² et 2x, plus ﬁn'), 'x2 et 2x, plus fin')).toBe(false);
    expect(await proves(null, typed)).toBe(false);
  });

  it.each([
    ['aaaaaaaaaaaa', 'one character again and again'],
    ['abcabcabcabc', 'the same few characters again and again'],
    ['azertyuiopqs', 'keys that lie in a row'],
    ['123456789012', 'a password that many people use'],
    ['administrateur', 'a single word'],
    ['motdepasse123', 'words, names or dates'],
    ['Juillet14071789', 'words, names or dates'],
    ['noemie.verdier@departement-sarthe.fr', 'the e-mail address'],
    ['NoemieVerdier', 'your own name'],
    ['Verdier-Noémie', 'your own name'],
    ['noemie.Verdier72', 'your own name'],
    ['DepartementSarthe', 'structure'],
    ['Departement-72-Sarthe!', 'structure'],
    ['Filrouge-Noemie-72', 'the name of this service'],
    ['fil rouge 2026!', 'the name of this service'],
    ['p4$$w0rd'.repeat(16), 'again and again'],
    ['bonjour bonjour', 'again and again'],
    ['Bonjour-BONJOUR_bonjour!', 'again and again'],
    ['\u00a0'.repeat(12), 'one character again and again'],
    ['!'.repeat(14), 'one character again and again'],
    ['e\u0301'.repeat(6), 'at least 12 characters'],
  ])('%s is refused with the way in which it is weak: %s', async (password, way) => {
    const problem = await refuseWeak(password, {
      name: 'Noémie Verdier',
      email: 'noemie.verdier@departement-sarthe.fr',
      structures: ['Département de la Sarthe'],
    }).then(
      () => null,
      (error: Problem) => error,
    );
    expect(problem).toMatchObject({ code: 'invalid', members: { errors: [{ pointer: '/password' }] } });
    expect(problem!.detail).toContain(way);
  });

  it.each([
    'tulipe cargo velours',
    'Le chien mange 3 pommes',
    'K7#pq!9zTw2m',
    '§!?%&$#@^*()~|<7',
    'un mot de passe assez long',
    'Ч7#pq9zTw2ж-мост',
  ])('%s is taken', async (password) => {
    await expect(
      refuseWeak(password, {
        name: 'Noémie Verdier',
        email: 'noemie@departement-sarthe.fr',
        structures: ['Département de la Sarthe', 'La Poste'],
      }),
    ).resolves.toBeUndefined();
  });

  it('of an attempt that came too soon is verified beside the others, a few at a time', async () => {
    const hash = await hashPassword('une longue phrase');
    const answers = await Promise.all(Array.from({ length: 10 }, () => proves(hash, 'une longue phrase', proofsAside)));
    expect(answers.filter(Boolean)).toHaveLength(4);
    expect(await proves(hash, 'une longue phrase', proofsAside)).toBe(true);
  });

  it('makes a flood wait outside instead of filling the memory', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 80 }, () => proofsOf(null, 'x')));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(16);
    expect(refused[0]!.reason).toMatchObject({ code: 'busy', members: { retryAfter: 3 } });
  });
});

it('makes the secret of a link from ids, and reads back only what this system made for that purpose', () => {
  const sealing = new Sealing(Buffer.alloc(32, 1));
  const id = '01920000-0000-7000-8000-000000000001';
  const token = invitationToken(sealing, id);
  expect(token).not.toContain(id);
  expect(openLink(sealing, 'invitation', token)).toEqual({ id });
  // The first character, all of whose bits count: another last one may spell the same bytes.
  expect(openLink(sealing, 'invitation', `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`)).toBeNull();
  expect(openLink(sealing, 'invitation', sealing.sealToken('match', { id }))).toBeNull();
  expect(openLink(sealing, 'invitation', linkToken(sealing, 'password-reset', id))).toBeNull();
  expect(openLink(sealing, 'password-reset', token)).toBeNull();
  expect(openLink(new Sealing(Buffer.alloc(32, 2)), 'invitation', token)).toBeNull();
});
