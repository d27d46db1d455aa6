/** What a run has found, and what several measurements of one thing come to. */
import { execFileSync } from 'node:child_process';
import type { Counted } from './counted';
import type { QueueName } from './bed';
import type { Round } from './rounds';

export interface Line {
  readonly queue: QueueName;
  readonly operation: string;
  readonly connections: number;
  readonly rounds: Round[];
}

export interface Effects {
  /** How long the oldest effect had waited, in milliseconds, looked at several times a second while commands came. */
  readonly waits: number[];
  /** Effects done a second, once no more commands came. */
  readonly drained: number[];
}

export interface Results {
  /** Of the code that was measured. */
  readonly commit: string;
  readonly connections: readonly number[];
  /** How many measurements of each. */
  readonly passes: number;
  readonly lines: Line[];
  /** By operation; jobs by queue. */
  readonly counted: Map<string, Counted>;
  readonly jobs: Map<string, number>;
  /** What each command writes, in words. */
  readonly written: Map<string, string>;
  readonly effects: Map<QueueName, Effects>;
  /** Highest resident memory, in MB. */
  readonly memory: Map<QueueName, { api: number; worker: number }>;
  /** What was left out, one sentence each. */
  readonly remarks: string[];
  /** Of made-up residents. */
  readonly entries: number;
  seconds: number;
}

export const emptyResults = ({
  connections,
  passes,
  filledWith,
}: Pick<Results, 'connections' | 'passes'> & { filledWith?: { entries: number } }): Results => ({
  commit: presentCommit(),
  connections,
  passes,
  entries: filledWith?.entries ?? 0,
  lines: [],
  counted: new Map(),
  jobs: new Map(),
  written: new Map(),
  effects: new Map(),
  memory: new Map(),
  remarks: [],
  seconds: 0,
});

export interface Figures {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly floor: number;
  /** Of the product's rate to the floor's. */
  readonly ratio: number;
}

export function figuresOf({ rounds }: Line): Figures {
  const of = (value: (round: Round) => number): number => median(rounds.map(value));
  return {
    rate: of(({ product }) => product.rate),
    p50: of(({ product }) => product.p50),
    p99: of(({ product }) => product.p99),
    floor: of(({ floor }) => floor),
    // Of each pair that was measured one after the other: what disturbs the machine disturbs both.
    ratio: of(({ product, floor }) => product.rate / floor),
  };
}

export const median = (values: readonly number[]): number => shareOf(values, 0.5);

export function shareOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function presentCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'a copy without its history';
  }
}
