import type { ButtonHTMLAttributes, ReactNode } from 'preact/compat';

interface Look {
  /** The one act of a page. */
  main?: boolean;
  quiet?: boolean;
  dense?: boolean;
}

const classOf = ({ main, quiet, dense }: Look): string =>
  ['button', main && 'main', quiet && 'quiet', dense && 'dense'].filter(Boolean).join(' ');

type Props = Look & { busy?: boolean; children: ReactNode } & ButtonHTMLAttributes<HTMLButtonElement>;

/** While it is busy it can be reached but does nothing: whoever listens to the page is not thrown off it. */
export function Button({ main, quiet, dense, busy, children, onClick, type = 'button', ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      className={classOf({ main, quiet, dense })}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {main && <Knot />}
      {busy ? 'Envoi en cours…' : children}
    </button>
  );
}

/** A link that looks like a button: it leads somewhere. */
export const buttonClass = classOf;

export const Knot = () => (
  <svg className="knot" width="22" height="14" viewBox="0 0 22 14" fill="none" aria-hidden="true">
    <path
      d="M1 11h6c5 0 7-3 7-5.5S12.5 1.5 11 1.5 8 3 8 5.5s2 5.5 7 5.5h6"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    />
  </svg>
);
