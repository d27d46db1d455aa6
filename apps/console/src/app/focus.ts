/** What can be gone to without opening a keyboard on a telephone. */
const reachable = 'a[href], button, summary';

interface Stood {
  readonly on: Element;
  /** Around it, from the nearest outwards, and where in each it was. */
  readonly around: readonly { readonly inside: Element; readonly index: number }[];
}

function standing(on: Element): Stood {
  const around: { inside: Element; index: number }[] = [];
  for (let child = on, inside = on.parentElement; inside; child = inside, inside = inside.parentElement)
    around.push({ inside, index: [...inside.children].indexOf(child) });
  return { on, around };
}

/** The next row or what took the place of what has gone; else the title of what it stood in. */
function nearest({ around }: Stood): HTMLElement | null {
  for (const { inside, index } of around) {
    if (!inside.isConnected) continue;
    if (inside.matches('section, form, main, body')) {
      const title = inside.querySelector<HTMLElement>('h1, h2') ?? document.querySelector<HTMLElement>('main h1');
      if (title) title.tabIndex = -1;
      return title;
    }
    const next = inside.children[Math.min(index, inside.children.length - 1)];
    const found = next?.matches(reachable) ? (next as HTMLElement) : next?.querySelector<HTMLElement>(reachable);
    if (found) return found;
  }
  return null;
}

/**
 * Whoever works at the keyboard is never thrown back to the top of the page: when what has the focus goes away (a row that was dealt with, a form that
 * was sent), the focus goes to what is nearest. Escape folds a menu.
 */
export function keepFocus(): void {
  let stood: Stood | undefined;
  addEventListener('focusin', ({ target }) => (stood = target instanceof Element ? standing(target) : undefined));
  new MutationObserver(() => {
    if (!stood || stood.on.isConnected || document.activeElement !== document.body) return;
    const there = nearest(stood);
    stood = undefined;
    there?.focus({ preventScroll: there.matches('h1, h2') });
  }).observe(document.body, { childList: true, subtree: true });
  addEventListener('keydown', ({ key, target }) => {
    const menu = target instanceof Element && target.closest<HTMLDetailsElement>('details.menu[open]');
    if (key !== 'Escape' || !menu) return;
    menu.open = false;
    menu.querySelector('summary')!.focus();
  });
}
