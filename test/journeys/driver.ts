import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { firstDay, moment, today } from '../support/clock';
import { breach } from '../support/contract';

/** What tests read of any answer: the fields the contract promises. Which of them are there depends on the resource. */
export interface View {
  id: string;
  caseId: string;
  version: number;
  status: string;
  name: string;
  /** Of a problem. */
  code: string;
  errors: { pointer: string; code: string }[];
  actions: string[];
  history: { at: string; type: string; reason?: string | null }[];
  openedAt: string;
  sentAt?: string | null;
  dueAt?: string | null;
  cancellationRequestedAt?: string | null;
  reason?: string | null;
  outcome?: string | null;
  resident?: { firstName?: string; lastName?: string; commune?: string } | null;
  message?: string | null;
  lead: { structure: { id: string }; counsellor?: { id: string } | null };
  referrals: { id: string; status: string }[];
  objections: { id: string }[];
  communes: string[];
  seq?: number;
  at: string;
  type: string;
  lastActivityAt: string;
  items: View[];
  nextCursor: string | null;
}

export interface Answer<T = View> {
  method: string;
  path: string;
  status: number;
  headers: Headers;
  body: T;
  text: string;
}

export interface Sending {
  body?: unknown;
  /** Sent as it is, instead of `body` as JSON. */
  raw?: string;
  /** Sent as a browser sends a form with a file. */
  form?: FormData;
  headers?: Record<string, string>;
}

/** One request, nothing hidden: what came back, whatever it was, as long as the contract has it. */
export async function request(
  baseUrl: string,
  method: string,
  path: string,
  { body, raw, form, headers = {} }: Sending = {},
): Promise<Answer> {
  const payload = form ?? raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(new URL(path, baseUrl), {
    method,
    redirect: 'manual',
    headers: { ...(payload === undefined || form ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(payload === undefined ? {} : { body: payload }),
  });
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  const answer = {
    method,
    path,
    status: response.status,
    headers: response.headers,
    body: (json && text !== '' ? JSON.parse(text) : null) as View,
    text,
  };
  const broken = breach(answer);
  if (broken !== null) throw new Error(`The contract is broken: ${broken}`);
  return answer;
}

/** A signed-in person. Signs in again when the clock was moved past the end of the token. */
export class Person {
  private constructor(
    private readonly baseUrl: string,
    readonly email: string,
    private readonly password: string,
    private token: string,
    readonly id: string,
    readonly structureId: string,
  ) {}

  static async signIn(baseUrl: string, email: string, password: string): Promise<Person> {
    const answer = await request(baseUrl, 'POST', '/v1/auth/login', { body: { email, password } });
    const { accessToken, user, structure } = succeeded(answer).body as unknown as {
      accessToken: string;
      user: View;
      structure: View | null;
    };
    return new Person(baseUrl, email, password, accessToken, user.id, structure?.id ?? '');
  }

  get authorization(): string {
    return `Bearer ${this.token}`;
  }

  /** A second step, unless there is one. From then on this person does not sign in again by themself. */
  async setUpSecondFactor(): Promise<void> {
    if (((await this.get('/v1/me/second-factor')) as unknown as { active: boolean }).active) return;
    const { address, setup } = (await this.do('/v1/me/second-factor/setup')) as unknown as Record<string, string>;
    const secret = Secret.fromBase32(new URL(address!).searchParams.get('secret')!);
    const code = new TOTP({ secret }).generate({ timestamp: moment() });
    await this.do('/v1/me/second-factor/confirm', { setup, code, password: this.password });
  }

  async try(method: string, path: string, sending: Sending = {}): Promise<Answer> {
    const send = () =>
      request(this.baseUrl, method, path, {
        ...sending,
        headers: { authorization: this.authorization, ...sending.headers },
      });
    const answer = await send();
    if (answer.status !== 401) return answer;
    const again = await request(this.baseUrl, 'POST', '/v1/auth/login', {
      body: { email: this.email, password: this.password },
    });
    this.token = (succeeded(again).body as unknown as { accessToken: string }).accessToken;
    return send();
  }

  /** A body that is not there is an empty object: every action takes JSON. */
  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.try('POST', path, { body, headers });
  }

  async get(path: string): Promise<View> {
    return succeeded(await this.try('GET', path)).body;
  }

  /** A post that must succeed; what came back. */
  async do(path: string, body: unknown = {}): Promise<View> {
    return succeeded(await this.post(path, body)).body;
  }

  /** All pages of a list, `limit` rows at a time. */
  async all(path: string, limit = 100): Promise<View[]> {
    const items: View[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const separator = path.includes('?') ? '&' : '?';
      const page: View = await this.get(
        `${path}${separator}limit=${limit}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }
}

/** Fails with the whole answer in the message: a bare "expected 201, got 422" helps nobody. */
export function succeeded(answer: Answer): Answer {
  if (answer.status < 200 || answer.status > 299)
    throw new Error(`${answer.method} ${answer.path} → ${answer.status} ${answer.text.slice(0, 600)}`);
  return answer;
}

export const sable = '72264';

/** The body of what sends somebody to a CAF. */
export const newOutside = (more: object = {}) => ({
  recipient: 'caf',
  needs: ['aide_aux_demarches_administratives'],
  means: 'printed',
  informed: { on: today(), how: 'oral' },
  ...more,
});

/** Synthetic residents that look alike in nothing: the duplicate warning has no reason to speak, and is answered beforehand anyway. */
export function newCase(commune = sable): Record<string, unknown> {
  const letters = randomUUID().replace(/[^a-f]/g, '');
  return {
    resident: { firstName: 'Eulalie', lastName: `Essai${letters}`, birthYear: 1970, commune },
    themes: ['email'],
    informed: { on: today(), how: 'oral' },
    confirmNotDuplicate: true,
  };
}

export function newReferral(toStructureId: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    toStructureId,
    needs: ['banque_et_achats_en_ligne'],
    urgency: 'normal',
    message: 'Souhaite consulter son compte en ligne.',
    contact: 'in_person',
    informed: { on: today(), how: 'oral' },
    send: true,
    ...more,
  };
}

export function newSession(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    date: firstDay(),
    minutes: 60,
    place: 'lieu_activite',
    commune: sable,
    themes: ['email'],
    equipment: ['ordinateur'],
    ...more,
  };
}

/** It is refused as the contract says: with that status and that code, as a problem of ours. */
export function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body?.code, text: answer.text }).toEqual({
    status,
    code,
    text: answer.text,
  });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  // A wrong state tells the present one in `status`; every other problem repeats the number there.
  expect(answer.body).toMatchObject({
    code,
    traceId: expect.any(String) as string,
    ...(code === 'wrong-state' ? {} : { status }),
  });
}
