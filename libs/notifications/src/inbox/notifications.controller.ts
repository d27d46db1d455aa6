import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { NotificationDto, NotificationPage, NotificationsQuery } from './notifications.dto';
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

  /** I have read it. Done twice it changes nothing, with or without an `Idempotency-Key`. */
  @Post(':id/read')
  @HttpCode(200)
  @Requires('notification.read')
  read(@SignedIn() caller: Caller, @IdParam('id') id: string): Promise<NotificationDto> {
    return this.notifications.read(caller, id);
  }
}
