import { Module, type DynamicModule } from '@nestjs/common';
import { InvitationsConsumer, invitationsInterest } from './invitations.consumer';
import { MailSettings } from './mail.settings';
import { Mailer } from './mailer';
import { NotificationsConsumer, notificationsInterest } from './notifications.consumer';
import { NotificationsController } from './notifications.controller';
import { LeftCasesNotices, leftCasesInterest } from './structures.consumer';
import { NotificationsQueries } from './notifications.queries';

/** What the api must write deliveries for. */
export const notificationsConsumers = [notificationsInterest, invitationsInterest, leftCasesInterest];

/** What the worker runs. */
export const notificationsHandlers = [NotificationsConsumer, InvitationsConsumer, LeftCasesNotices];
export const notificationsChores = [Mailer];

/** The inbox for the api; `for` is the worker's side, which fills it and sends the mails. */
@Module({ controllers: [NotificationsController], providers: [NotificationsQueries] })
export class NotificationsModule {
  static for(settings: { readonly smtpUrl?: string; readonly publicUrl: string }): DynamicModule {
    return { module: NotificationsModule, providers: [{ provide: MailSettings, useValue: new MailSettings(settings) }], exports: [MailSettings] };
  }
}
