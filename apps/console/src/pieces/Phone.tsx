/** A telephone number as people here write it, to be called with a touch. */
export const Phone = ({ of }: { of: string }) => <a href={`tel:${of.replace(/[^+\d]/g, '')}`}>{written(of)}</a>;

/** `+33612345678` is `06 12 34 56 78` here; a number of another country keeps its own spaces. */
export function written(phone: string): string {
  const digits = phone.replace(/[^+\d]/g, '').replace(/^\+33(?=\d{9}$)/, '0');
  return /^0\d{9}$/.test(digits) ? digits.replace(/(\d\d)(?=\d)/g, '$1\u00a0') : phone;
}
