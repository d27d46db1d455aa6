/** Beyond, nobody counts: a screen shows `100+`, and no count grows with what there is. */
export const mostCounted = 100;

/** How many, up to a hundred. */
export class CountResponse {
  count!: number;
  /** There are more than `count`. */
  more?: boolean;
}

/** @param found counted up to one more than `mostCounted` */
export const countOf = (found: number): CountResponse =>
  found > mostCounted ? { count: mostCounted, more: true } : { count: found };
