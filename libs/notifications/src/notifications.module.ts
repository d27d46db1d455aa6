import { Module, type DynamicModule } from '@nestjs/common';
import { MailSettings, type MailEnvironment } from './mail/mail.settings';
import { NotificationsController } from './inbox/notifications.controller';
import { NotificationsQueries } from './inbox/notifications.queries';
import { TodayController } from './today/today.controller';
import { TodayQueries } from './today/today.queries';

/** The inbox for the api; `for` is the worker's side, which fills it and sends the mails. */
@Module({ controllers: [NotificationsController, TodayController], providers: [NotificationsQueries, TodayQueries] })
export class NotificationsModule {
  static for(settings: MailEnvironment): DynamicModule {
    return {
      module: NotificationsModule,
      providers: [{ provide: MailSettings, useValue: new MailSettings(settings) }],
      exports: [MailSettings],
    };
  }
}
