import { randomUUID } from 'node:crypto';
import type { Page, SignIn } from './shapes';

/** The server answered something else than what the story counted on. `body` is its problem document, or whatever came instead. */
export class UnexpectedAnswer extends Error {
  constructor(
    readonly method: string,
    readonly path: string,
    readonly status: number,
    readonly body: unknown,
  ) {
    const problem = (body ?? {}) as { code?: string; detail?: string; title?: string; errors?: unknown };
    const errors = problem.errors === undefined ? '' : ` ${JSON.stringify(problem.errors)}`;
    super(
      `${method} ${path} a répondu ${status} ${problem.code ?? ''} : ${problem.detail ?? problem.title ?? 'sans explication'}${errors}`,
    );
  }

  get code(): string | undefined {
    return (this.body as { code?: string } | null)?.code;
  }
}

/** One signed-in person at the end of an HTTP connection, who signs in again when the token has run out. Paths start with `/v1`. */
export class Client {
  private constructor(
    private readonly baseUrl: string,
    private readonly credentials: { email: string; password: string },
    public session: SignIn,
  ) {}

  /** Throws an UnexpectedAnswer with 401 when the pair is wrong. */
  static async login(baseUrl: string, email: string, password: string): Promise<Client> {
    return new Client(baseUrl, { email, password }, await signIn(baseUrl, email, password));
  }

  get<T>(path: string): Promise<T> {
    return this.expect<T>('GET', path, undefined, [200]);
  }

  /** Every post carries its own idempotency key: a repeated request could never do something twice. */
  post<T>(path: string, body: object = {}, expected: number[] = [200, 201]): Promise<T> {
    return this.expect<T>('POST', path, body, expected);
  }

  put<T>(path: string, body: object): Promise<T> {
    return this.expect<T>('PUT', path, body, [200]);
  }

  /** All pages of a list, one after the other. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<T> = await this.get(
        `${path}${path.includes('?') ? '&' : '?'}limit=100${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }

  /** The status alone, for what this person should not get at. */
  async statusOf(path: string): Promise<number> {
    return (await this.ask('GET', path)).status;
  }

  /** The refusal of a post that must be refused; null when it was done all the same. */
  async refusalOf(path: string, body: object = {}): Promise<UnexpectedAnswer | null> {
    try {
      await this.post(path, body);
      return null;
    } catch (error) {
      if (error instanceof UnexpectedAnswer) return error;
      throw error;
    }
  }

  async logout(): Promise<void> {
    await this.expect('POST', '/v1/auth/logout', undefined, [204]);
  }

  private async expect<T>(method: string, path: string, body: object | undefined, expected: number[]): Promise<T> {
    const key = method === 'POST' && !path.startsWith('/v1/auth/') ? randomUUID() : undefined;
    const answer = await this.ask(method, path, { body, key });
    if (!expected.includes(answer.status)) throw new UnexpectedAnswer(method, path, answer.status, answer.body);
    return answer.body as T;
  }

  /** A token lasts twelve hours; a story may last weeks. */
  private async ask(method: string, path: string, sending: Sending = {}): Promise<{ status: number; body: unknown }> {
    const answer = await send(this.baseUrl, method, path, { ...sending, token: this.session.accessToken });
    if (answer.status !== 401) return answer;
    this.session = await signIn(this.baseUrl, this.credentials.email, this.credentials.password);
    return send(this.baseUrl, method, path, { ...sending, token: this.session.accessToken });
  }
}

interface Sending {
  token?: string;
  body?: object | undefined;
  key?: string | undefined;
}

async function signIn(baseUrl: string, email: string, password: string): Promise<SignIn> {
  const answer = await send(baseUrl, 'POST', '/v1/auth/login', { body: { email, password } });
  if (answer.status !== 200)
    throw new UnexpectedAnswer('POST', `/v1/auth/login (${email})`, answer.status, answer.body);
  return answer.body as SignIn;
}

async function send(
  baseUrl: string,
  method: string,
  path: string,
  { token, body, key }: Sending,
): Promise<{ status: number; body: unknown }> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (key !== undefined) headers['idempotency-key'] = key;
  const response = await fetch(new URL(path, baseUrl), {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : readable(text) };
}

/** A proxy in between may answer with a page instead of JSON; the story shows its beginning rather than a syntax error. */
function readable(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { detail: text.slice(0, 200) };
  }
}
