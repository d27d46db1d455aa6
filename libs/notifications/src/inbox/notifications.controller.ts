import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import {
  NotificationDto,
  NotificationPage,
  NotificationsQuery,
  ReadAllBody,
  UnreadResponse,
} from './notifications.dto';
import { NotificationsQueries } from './notifications.queries';

@ApiTags('notifications')
@Controller('notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsQueries) {}

  /** What happened and concerns me, newest first. */
  @Get()
  @Requires('notification.read')
  list(@SignedIn() caller: Caller, @Query() query: NotificationsQuery): Promise<NotificationPage> {
    return this.notifications.list(caller, query);
  }

  /** How many I have not read, up to a hundred. */
  @Get('unread')
  @Requires('notification.read')
  countUnread(@SignedIn() caller: Caller): Promise<UnreadResponse> {
    return this.notifications.unread(caller);
  }

  /** I have read all that was there when I was shown that page; what came meanwhile stays unread. Says how many that are. Done twice it changes nothing. */
  @Post('read')
  @HttpCode(200)
  @Requires('notification.read')
  markAllRead(@SignedIn() caller: Caller, @Body() { asOf }: ReadAllBody): Promise<UnreadResponse> {
    return this.notifications.readAll(caller, asOf);
  }

  /** I have read it. Done twice it changes nothing, with or without an `Idempotency-Key`. */
  @Post(':id/read')
  @HttpCode(200)
  @Requires('notification.read')
  markRead(@SignedIn() caller: Caller, @IdParam('id') id: string): Promise<NotificationDto> {
    return this.notifications.read(caller, id);
  }
}
