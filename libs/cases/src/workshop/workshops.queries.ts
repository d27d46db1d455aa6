import { Injectable } from '@nestjs/common';
import { localDateOf, notFound, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import {
  Clock,
  cursorOf,
  evenUnreadable,
  instantOf,
  limitOf,
  openPiece,
  pageOf,
  Reads,
  Sealing,
  type Caller,
  type Page,
  type PageQuery,
} from '@fil-rouge/platform';
import type { Anonymous, WorkshopFields } from './workshop';
import type { PresentWorkshop } from './workshop.correcting.decider';
import { mayNow } from '../case/case.policy';
import { nameOf } from '../case/resident-name.view';
import { standingIn } from '../entry/on-case.sql';
import { workshopActions, type ParticipantShown, type WorkshopShown, type WorkshopVersion } from './workshops.dto';
import { list, one, presentCases, type PresentCase, type WorkshopRowRead } from './workshops.sql';

export interface WorkshopFilters extends PageQuery {
  readonly status?: readonly string[];
}

/** The workshops of the caller's structure; no other sees them. */
@Injectable()
export class WorkshopsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(caller: Caller, query: WorkshopFilters): Promise<Page<WorkshopShown>> {
    // What was entered in error counts nowhere; who looks for it asks for it.
    const status = [...(query.status ?? ['held'])];
    const rows = await this.reads.rows<WorkshopRowRead>(
      caller,
      list,
      { limit: limitOf(query) + 1, after: cursorOf(query), status },
      { audit: { action: 'workshop.list' } },
    );
    return pageOf(
      rows,
      limitOf(query),
      ({ recorded_at, id }) => [recorded_at, id],
      evenUnreadable(
        (row) => this.show(row),
        (row) => ({ ...row, key: null }),
      ),
    );
  }

  async one(caller: Caller, workshopId: Uuid): Promise<WorkshopShown> {
    const [row] = await this.reads.rows<WorkshopRowRead>(
      caller,
      one,
      { workshopId },
      { audit: { action: 'workshop.read' } },
    );
    if (!row) throw notFound();
    return { ...this.show(row), ...this.historyOf(row), actions: this.actionsOf(row) };
  }

  /** As a correction finds it; nobody is shown it, so no entry of the journal. Null: it does not exist for the caller. */
  async present(caller: Caller, workshopId: Uuid): Promise<PresentWorkshop | null> {
    const [row] = await this.reads.rows<WorkshopRowRead>(caller, one, { workshopId });
    if (!row?.text_event) return null;
    const { anonymous, reason: _reason, ...fields } = this.open(row, row.text_event, row.text);
    return {
      event: row.text_event,
      fields: fields as WorkshopFields,
      anonymous: anonymous as Anonymous,
      participants: row.participants,
    };
  }

  /** In which record each of these goes on by now, by its id. */
  async presentCases(caller: Caller, ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, PresentCase>> {
    if (ids.length === 0) return new Map();
    const cases = await this.reads.rows<PresentCase>(caller, presentCases, { ids: [...new Set(ids)] });
    return new Map(cases.map((one) => [one.id, one]));
  }

  private open({ id, key }: WorkshopRowRead, event: Uuid | null, text: string | null): JsonObject {
    return key && event && text ? openPiece(this.sealing, key, id, event, 'shared_text', text) : {};
  }

  private historyOf(row: WorkshopRowRead): Pick<WorkshopShown, 'versions' | 'correctedAt' | 'cancelled'> {
    const events = (row.events ?? []).map((event) => ({
      ...event,
      at: instantOf(event.at),
      said: this.open(row, event.id, event.text),
    }));
    const written = events.filter(({ type }) => type !== 'WorkshopCancelled');
    const cancelled = events.find(({ type }) => type === 'WorkshopCancelled');
    const versionOf = ({ at, actor, data, said }: (typeof events)[number]): WorkshopVersion => ({
      ...(said as object as Omit<WorkshopVersion, 'participants'>),
      participants: this.participantsOf(row, data['participants'] as Uuid[]),
      at,
      actor,
    });
    return {
      versions: written.slice(0, -1).map(versionOf),
      ...(written.length > 1 ? { correctedAt: written.at(-1)!.at } : {}),
      ...(cancelled
        ? {
            cancelled: {
              at: cancelled.at,
              actor: cancelled.actor,
              reason: cancelled.data['reason'] as string,
              ...cancelled.said,
            },
          }
        : {}),
    };
  }

  /** Who came, and how many, is corrected as long as it stands; it is cancelled on the record of each, or not at all. */
  private actionsOf({ status, standings = [] }: WorkshopRowRead): string[] {
    const today = localDateOf(this.clock.now());
    const cancels = standings.every((one) => one.view !== null && mayNow(standingIn(one), 'cancel_session', today));
    return status === 'held' ? workshopActions.filter((action) => action !== 'cancel' || cancels) : [];
  }

  /** One whose record is damaged takes neither the workshop with it nor the others. */
  private participantsOf({ residents }: WorkshopRowRead, cases: readonly Uuid[]): ParticipantShown[] {
    const show = (caseId: Uuid, name: boolean): ParticipantShown => ({
      caseId,
      ...(name ? nameOf(residents?.[caseId], this.sealing) : {}),
    });
    return cases.map((caseId) =>
      evenUnreadable(
        (name: boolean) => show(caseId, name),
        () => false,
      )(true),
    );
  }

  private show(row: WorkshopRowRead): WorkshopShown {
    const { title = '', placeId, placeName }: Partial<WorkshopFields> = this.open(row, row.text_event, row.text);
    return {
      id: row.id,
      status: row.status,
      title,
      date: row.date,
      minutes: row.minutes,
      place: row.place,
      ...(row.commune ? { commune: row.commune } : {}),
      ...(placeId ? { placeId, placeName } : {}),
      themes: row.themes,
      ...(row.level ? { level: row.level } : {}),
      structure: row.structure,
      actor: row.actor,
      participants: this.participantsOf(row, row.participants),
      anonymous: row.anonymous,
      recordedAt: instantOf(row.recorded_at),
    };
  }
}
