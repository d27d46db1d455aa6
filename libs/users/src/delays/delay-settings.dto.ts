import { delaysInForce, type AnswerDelays, type Delays, type OwnDelays } from '@fil-rouge/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsObject,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** A year of business days. */
const mostDays = 250;
/** May be left out; null is not a way of leaving it out. */
const Optional = () => ValidateIf((_, value) => value !== undefined);

/** In order: reminders, the alert, the end. What is set must not contradict what is set beside or above it; what nobody has set gives way. */
export class AnswerDelaysBody implements Partial<AnswerDelays> {
  /** Business days after the sending on which an unanswered referral is called to mind, in ascending order. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(5)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(mostDays, { each: true })
  reminders?: number[];

  /** Business day on which the coordinator is alerted too; the recipient is reminded on that day as well. With the last reminder when it is too late. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(mostDays)
  coordinator?: number;

  /** Business day at whose end an unanswered referral expires. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(mostDays)
  answer?: number;

  /** The same when the recipient has acknowledged it. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(mostDays)
  answerUnderReview?: number;

  /** Business day after which an unanswered referral is shown as late. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(mostDays)
  late?: number;
}

/** What is left out is as the level above says: the network, or the defaults. Whatever began before keeps what it was promised. */
export class DelaysBody extends AnswerDelaysBody implements OwnDelays {
  /** The same for what is sent as urgent; its answer is due no later than any other. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => AnswerDelaysBody)
  urgent?: AnswerDelaysBody;

  /** Business days from the acceptance to the alert that no session was recorded. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(mostDays)
  firstSession?: number;

  /** Calendar days a referral waits for the State's validation. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(365)
  heldCalendarDays?: number;

  /** Calendar days without an entry on an open case, until its lead is told. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(730)
  silenceCalendarDays?: number;
}

export class AnswerDelaysInForce implements AnswerDelays {
  reminders!: number[];
  coordinator!: number;
  answer!: number;
  answerUnderReview!: number;
  late!: number;
}

export class DelaysInForce extends AnswerDelaysInForce implements Delays {
  urgent!: AnswerDelaysInForce;
  firstSession!: number;
  heldCalendarDays!: number;
  silenceCalendarDays!: number;
}

export class DelaysResponse {
  /** Counts the changes; also the ETag. */
  version!: number;

  /** What is set here. */
  own!: DelaysBody;

  /** What holds for whatever begins now. */
  inForce!: DelaysInForce;

  /** @param own oldest level last: of the structure asked for, if any */
  static from(version: number, network: OwnDelays, structure?: OwnDelays): DelaysResponse {
    return { version, own: { ...(structure ?? network) }, inForce: delaysInForce(network, structure) };
  }
}
