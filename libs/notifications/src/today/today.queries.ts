import { Injectable } from '@nestjs/common';
import { addCalendarDays, atParis, isStaff, localDateOf } from '@fil-rouge/kernel';
import { AppointmentsQueries, CasesQueries } from '@fil-rouge/cases';
import { Clock, countOf, Reads, type Caller, type Rows } from '@fil-rouge/platform';
import { TasksQueries, type TaskCount } from '@fil-rouge/referrals';
import { NotificationsQueries, unreadOf } from '../inbox/notifications.queries';
import type { BadgesResponse, TodayResponse } from './today.dto';

/** Calendar days without an entry after which a case is among the quiet ones. */
const quietDays = 30;

const dueFirst = { mine: true, limit: 10 };
const newest = { unread: 'true', limit: 10 } as const;
const longestQuiet = { lead: 'mine', status: ['open'], sort: 'oldest_activity', limit: 5 } as const;

/** What a person begins the day with, from the lists that say it elsewhere: all of it in one round trip. */
@Injectable()
export class TodayQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
    private readonly tasks: TasksQueries,
    private readonly notifications: NotificationsQueries,
    private readonly appointments: AppointmentsQueries,
    private readonly cases: CasesQueries,
  ) {}

  async day(caller: Caller): Promise<TodayResponse> {
    const follows = isStaff(caller.session);
    const date = localDateOf(this.clock.now());
    const planned = {
      from: atParis(date, '00:00'),
      to: atParis(addCalendarDays(date, 1), '00:00'),
      counsellor: 'mine',
    };
    const [taskCount, unread, due, news, meetings = [], quiet = []] = await this.reads.together([
      ...this.counts(caller),
      this.tasks.askingList(caller, dueFirst),
      this.notifications.askingList(caller, newest),
      ...(follows
        ? [this.appointments.askingOfStructure(caller, planned), this.cases.askingList(caller, longestQuiet)]
        : []),
    ]);
    const inbox = await this.notifications.list(caller, newest, news);
    const cases = await this.cases.list(caller, longestQuiet, quiet);
    const lately = addCalendarDays(date, -quietDays);
    return {
      date,
      badges: badgesOf(taskCount!, unread!),
      tasks: (await this.tasks.list(caller, dueFirst, due)).items,
      news: inbox.items,
      ...(inbox.asOf ? { asOf: inbox.asOf } : {}),
      appointments: (await this.appointments.ofStructure(caller, planned, meetings)).items,
      quietCases: cases.items.filter(({ lastActivityAt }) => localDateOf(lastActivityAt) <= lately),
    };
  }

  /** The numbers alone: nothing personal is read, so a screen may ask as often as it likes. */
  async badges(caller: Caller): Promise<BadgesResponse> {
    const [tasks, unread] = await this.reads.together(this.counts(caller));
    return badgesOf(tasks!, unread!);
  }

  private counts = (caller: Caller) => [this.tasks.askingCount(caller), this.notifications.askingUnread(caller)];
}

function badgesOf([tasks]: Rows, unread: Rows): BadgesResponse {
  const { count, late } = tasks as TaskCount;
  return { tasks: countOf(count), late: countOf(late), ...unreadOf(unread) };
}
