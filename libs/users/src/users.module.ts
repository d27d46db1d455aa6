import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { ChangeAbsenceHandler } from './absence/absences.commands';
import { AbsencesController } from './absence/absences.controller';
import { AbsencesQueries } from './absence/absences.queries';
import { AuthController } from './sign-in/auth.controller';
import { conventionHandlers } from './convention/conventions.commands';
import { ConventionsController } from './convention/conventions.controller';
import { ConventionsQueries } from './convention/conventions.queries';
import { delayHandlers } from './delays/delay-settings.commands';
import { DelaySettingsController } from './delays/delay-settings.controller';
import { DelaySettingsQueries } from './delays/delay-settings.queries';
import { Administrators } from './network/administrators.service';
import { CommunesController } from './network/communes.controller';
import { VocabulariesController } from './network/vocabularies.controller';
import { NetworkLoader } from './network/network-load.service';
import { NamedCommunes } from './network/named-communes.interceptor';
import { peopleHandlers } from './person/people.commands';
import { MeController } from './person/me.controller';
import { ownAccountHandlers } from './person/own-account.commands';
import { PeopleController } from './person/people.controller';
import { PeopleQueries } from './person/people.queries';
import { OwnPassword } from './sign-in/own-password.service';
import { OthersSecondFactorController, SecondFactorController } from './second-factor/second-factor.controller';
import { ResetSecondFactorHandler } from './second-factor/second-factor.commands';
import { CodesShown } from './second-factor/codes-shown.service';
import { SecondFactor } from './second-factor/second-factor.service';
import { receptionHandlers } from './reception/reception.commands';
import { ReceptionController } from './reception/reception.controller';
import { ReceptionQueries } from './reception/reception.queries';
import { OwnSessionsController, SessionsController } from './sign-in/sessions.controller';
import { OpenSessions } from './sign-in/sessions.queries';
import { SignIn } from './sign-in/sign-in.service';
import { Turns } from './sign-in/turns.service';
import { structureHandlers } from './structure/structures.commands';
import { StructuresController } from './structure/structures.controller';
import { StructuresQueries } from './structure/structures.queries';
import { tagsHandlers } from './tags/tags.commands';
import { TagsController } from './tags/tags.controller';
import { TagsQueries } from './tags/tags.queries';

/** Structures, people, sign-in. Needs the platform's global providers. */
@Module({
  controllers: [
    AuthController,
    MeController,
    OwnSessionsController,
    SessionsController,
    SecondFactorController,
    OthersSecondFactorController,
    StructuresController,
    ReceptionController,
    TagsController,
    AbsencesController,
    CommunesController,
    VocabulariesController,
    PeopleController,
    DelaySettingsController,
    ConventionsController,
  ],
  providers: [
    ...structureHandlers,
    ...peopleHandlers,
    ...delayHandlers,
    ...conventionHandlers,
    ...receptionHandlers,
    ...tagsHandlers,
    ChangeAbsenceHandler,
    ResetSecondFactorHandler,
    ...ownAccountHandlers,
    StructuresQueries,
    DelaySettingsQueries,
    ReceptionQueries,
    TagsQueries,
    AbsencesQueries,
    ConventionsQueries,
    PeopleQueries,
    SignIn,
    OwnPassword,
    OpenSessions,
    SecondFactor,
    CodesShown,
    Turns,
    NetworkLoader,
    Administrators,
    { provide: APP_INTERCEPTOR, useClass: NamedCommunes },
  ],
  exports: [StructuresQueries, PeopleQueries, SignIn, Turns, NetworkLoader, Administrators],
})
export class UsersModule {}
