/**
 * The trace a request belongs to, as its caller counts (W3C Trace Context, level 1 and later): 32 hexadecimal digits. It stands in the log beside our own
 * `traceId` and not in its place: two requests may bring the same one, and the journal needs one that is nobody else's choice.
 *
 * @returns undefined for what is no such header: the standard has it passed over, not refused
 */
export function traceOf(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  const [, version, trace, parent, more] =
    /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}(-.*)?$/.exec(header) ?? [];
  // Of a version to come more may follow; of this one nothing.
  if (!version || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  return isZero(trace!) || isZero(parent!) ? undefined : trace;
}

const isZero = (digits: string): boolean => /^0+$/.test(digits);
