/** The token of an `Authorization` header; the scheme's name has no case, and more than one space may stand behind it (RFC 9110 §11.1, RFC 6750). */
export const bearerOf = (authorization: string | undefined): string | undefined =>
  /^bearer +([\w.~+/=-]{16,400}) *$/i.exec(authorization ?? '')?.[1];
