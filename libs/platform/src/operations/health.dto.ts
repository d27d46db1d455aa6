import { Code } from '../http/codes';

const presence = ['ok', 'absent'] as const;

export class Liveness {
  status!: 'ok';
}

export class Readiness {
  /** Commands can be answered. */
  ready!: boolean;
  @Code(presence)
  postgresql!: (typeof presence)[number];
  /** Without it the system still works, later. */
  @Code(presence)
  queue!: (typeof presence)[number];
  /** Seconds by which the worker is behind. */
  lag!: number;
  /** Effects that failed too often. */
  parked!: number;
  /** The worker is far behind. */
  late!: boolean;
}
