import { AppointmentOfStructure, CaseSummary } from '@fil-rouge/cases';
import { CountResponse } from '@fil-rouge/platform';
import { TaskDto } from '@fil-rouge/referrals';
import { NotificationDto } from '../inbox/notifications.dto';

/** Numbers for badges, each exact up to a hundred. */
export class BadgesResponse {
  /** What I must do next. */
  tasks!: CountResponse;
  /** Of it, what is late. */
  late!: CountResponse;
  /** What I have not read. */
  unread!: CountResponse;
}

/** A person's day. Each part is the beginning of a list that has a route of its own. */
export class TodayResponse {
  /** The day in Paris. */
  date!: string;
  badges!: BadgesResponse;
  /** What I must do next, the urgent and the first due before the others: of `GET /v1/tasks?mine=true`, ten at most. */
  tasks!: TaskDto[];
  /** What happened and I have not read, newest first: of `GET /v1/notifications?unread=true`, ten at most. */
  news!: NotificationDto[];
  /** For `POST /v1/notifications/read`, when there are any news. */
  asOf?: string;
  /** Whom I have an appointment with today, the soonest first: of `GET /v1/appointments?counsellor=mine`, twenty at most. */
  appointments!: AppointmentOfStructure[];
  /** Open cases that I lead and in which nothing has been entered for thirty days or more, the longest first: five at most. */
  quietCases!: CaseSummary[];
}
