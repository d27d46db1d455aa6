import { Client } from './client';
import type { Notice, Page } from './shapes';
import type { Teller } from './teller';

const roles: Record<string, string> = {
  counsellor: 'conseiller numérique',
  manager: 'responsable de structure',
  coordinator: 'coordination du réseau',
  administrator: 'administration',
  auditor: 'audit',
};

/** The structures of the story, as a French sentence needs them: subject, after `de`, after `à`. */
const houses: Record<string, { the: string; of: string; to: string }> = {
  'departement-sarthe': { the: 'le Département', of: 'du Département', to: 'au Département' },
  'la-poste': { the: 'La Poste', of: 'de La Poste', to: 'à La Poste' },
  afpa: { the: "l'Afpa", of: "de l'Afpa", to: "à l'Afpa" },
  'croix-rouge': { the: 'la Croix-Rouge', of: 'de la Croix-Rouge', to: 'à la Croix-Rouge' },
};

/** How long the story waits for a message. The promise is a second; a busy laptop gets more before the story calls it an anomaly. */
const PATIENCE = 10_000;

/** A person of the story: signed in on their own, with an inbox of their own. */
export class Character {
  private readonly seen = new Set<string>();
  /** The longest time one of this person's messages took, in milliseconds. */
  slowest = 0;

  private constructor(
    readonly client: Client,
    readonly email: string,
  ) {}

  static async enter(baseUrl: string, email: string, password: string): Promise<Character> {
    const character = new Character(await Client.login(baseUrl, email, password), email);
    // What an earlier telling of the story left unread is not this story's.
    for (const notice of await character.client.all<Notice>('/v1/notifications?unread=true'))
      character.seen.add(notice.id);
    return character;
  }

  get id(): string {
    return this.client.session.user.id;
  }

  get name(): string {
    return this.client.session.user.name;
  }

  get structure(): { id: string; name: string } {
    const { structure } = this.client.session;
    if (structure === null)
      throw new Error(`${this.email} ne travaille pour aucune structure : le réseau de démonstration est incomplet.`);
    return structure;
  }

  get role(): string {
    return roles[this.client.session.role] ?? this.client.session.role;
  }

  /** The house this person works for: "le Département", "du Département", "au Département". */
  get house(): { the: string; of: string; to: string } {
    const { name } = this.structure;
    return houses[this.email.replace(/^.*@|\.demo$/g, '')] ?? { the: name, of: `de ${name}`, to: `à ${name}` };
  }

  /** "Claire Martin (Département de la Sarthe)" */
  get who(): string {
    return `${this.name} (${this.structure.name})`;
  }

  /** The next unread message about this referral or handover, marked as read; null when none came in time. */
  async nextNotice(about: string): Promise<Notice | null> {
    const asked = performance.now();
    do {
      const { items } = await this.client.get<Page<Notice>>('/v1/notifications?unread=true&limit=100');
      // Newest first: the story happened in the other direction.
      const notice = items
        .reverse()
        .find(({ id, referralId, handoverId }) => !this.seen.has(id) && (referralId === about || handoverId === about));
      if (notice !== undefined) {
        this.seen.add(notice.id);
        this.slowest = Math.max(this.slowest, performance.now() - asked);
        await this.client.post(`/v1/notifications/${notice.id}/read`);
        return notice;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    } while (performance.now() < asked + PATIENCE);
    return null;
  }
}

export interface Cast {
  /** Counsellor of the Département, placed in a communauté de communes. */
  counsellor: Character;
  postManager: Character;
  postCounsellor: Character;
  afpaManager: Character;
  afpaCounsellor: Character;
  /** Takes no part in any of it. */
  redCross: Character;
  administrator: Character;
}

/** Signs everybody in, one by one: seven people, seven tokens, as many points of view. */
export async function assemble(baseUrl: string, password: string, teller: Teller): Promise<Cast> {
  const enter = (account: string) => Character.enter(baseUrl, `${account}.demo`, password);
  const cast: Cast = {
    counsellor: await enter('conseiller.pays-sabolien@departement-sarthe'),
    postManager: await enter('responsable@la-poste'),
    postCounsellor: await enter('conseiller@la-poste'),
    afpaManager: await enter('responsable@afpa'),
    afpaCounsellor: await enter('conseiller@afpa'),
    redCross: await enter('conseiller@croix-rouge'),
    administrator: await enter('administrateur@departement-sarthe'),
  };
  teller.heading('Les personnages, chacun avec son compte');
  teller.table(Object.values(cast).map((one: Character) => [one.name, one.structure.name, one.role, one.email]));
  return cast;
}

/** What is told begins with nobody named to answer at the desk: its manager does. Whoever was named before is named again afterwards. */
export async function withNobodyAtTheDesk({ postManager }: Cast, tell: () => Promise<void>): Promise<void> {
  const { client, structure } = postManager;
  const at = `/v1/structures/${structure.id}/contacts`;
  const { default: named, rota } = await client.get<{
    default: { id: string } | null;
    rota: { weekday: string; person: { id: string } }[];
  }>(at);
  await client.put(at, { rota: [] });
  await tell();
  await client.put(at, {
    ...(named && { defaultId: named.id }),
    rota: rota.map(({ weekday, person }) => ({ weekday, userId: person.id })),
  });
}

/** "de Marine Cormier", "d'Hélène Launay" */
export const ofPerson = (name: string): string => (/^[AEÉÈÊHIOUY]/.test(name) ? `d'${name}` : `de ${name}`);

/**
 * Waits for the message and says its title, as the person reads it.
 * @param type when it must be one of a certain type
 */
export async function expectNotice(teller: Teller, reader: Character, about: string, type?: string): Promise<void> {
  const notice = await reader.nextNotice(about);
  if (notice === null)
    return teller.check(
      false,
      `${reader.name} trouve un message dans sa boîte de réception`,
      `aucun message en ${PATIENCE / 1000} s`,
    );
  teller.note(`Boîte de réception ${ofPerson(reader.name)} : « ${notice.title} »`);
  if (type !== undefined && notice.type !== type)
    teller.check(false, `un message « ${type} » pour ${reader.name}`, notice);
}
