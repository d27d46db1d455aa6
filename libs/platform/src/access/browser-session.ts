import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerOf } from './bearer';

/** What the cookies need to know of the installation. */
export abstract class BrowserSettings {
  /** Whether people reach it over https. */
  abstract readonly secure: boolean;
}

/**
 * The header that our own page sends with every request. A page of somebody else cannot send one without asking first (CORS), and nobody who asks is
 * answered yes: so a cookie that a browser adds by itself opens nothing alone.
 */
export const pageHeader = 'fil-rouge-page';

/** Seconds: a desk is known for half a year. */
const deskAge = 182 * 24 * 3600;

/**
 * The sign-in of a browser: the same token as a program's, in a cookie that no script can read and that ends with the browser. `__Host-` keeps a
 * neighbour under the same domain from setting one; it asks for https, which a machine of one's own (`npm start`) does not have.
 */
@Injectable()
export class BrowserSession {
  private readonly session: string;
  private readonly device: string;

  constructor(@Inject(BrowserSettings) private readonly settings: BrowserSettings) {
    const prefix = settings.secure ? '__Host-' : '';
    this.session = `${prefix}fil-rouge`;
    this.device = `${prefix}fil-rouge-device`;
  }

  /** The token a request brings: of its `Authorization` header, or of the cookie when our own page asks. */
  tokenOf(request: FastifyRequest): string | undefined {
    const { authorization } = request.headers;
    if (authorization !== undefined) return bearerOf(authorization);
    const token = this.fromOurPage(request) ? request.cookies[this.session] : undefined;
    return token === undefined ? undefined : bearerOf(`Bearer ${token}`);
  }

  /** What an earlier sign-in left on this device. */
  deviceOf(request: FastifyRequest): string | undefined {
    return request.cookies[this.device];
  }

  keep(reply: FastifyReply, { accessToken, device }: { accessToken: string; device: string }): void {
    const { secure } = this.settings;
    const kept = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
    void reply.setCookie(this.session, accessToken, kept).setCookie(this.device, device, { ...kept, maxAge: deskAge });
  }

  forget(reply: FastifyReply): void {
    const { secure } = this.settings;
    void reply.clearCookie(this.session, { path: '/', httpOnly: true, sameSite: 'strict', secure });
  }

  private fromOurPage({ headers }: FastifyRequest): boolean {
    const site = headers['sec-fetch-site'];
    return headers[pageHeader] !== undefined && (site === undefined || site === 'same-origin');
  }
}
