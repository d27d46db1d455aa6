import type { Library } from '@fil-rouge/platform';
import { AbsenceEntity } from './absence/absence.entity';
import { ConventionEntity, PostPeriodEntity } from './convention/convention.entity';
import { DelayChangeEntity, DelaySettingEntity } from './delays/delay-settings.entity';
import { usersMigrations } from './migrations';
import { networkSlice } from './network/network-record';
import { AccountEntity, EmploymentEntity, InvitationEntity } from './person/person.entity';
import { StructureContactsEntity, StructureLeafletEntity } from './reception/reception.entity';
import { absences } from './schema/absence.sql';
import { accounts } from './schema/account.sql';
import { conventions } from './schema/convention.sql';
import { employments } from './schema/employment.sql';
import { nearness, placesNear } from './schema/nearness.sql';
import { reception, receptionOf } from './schema/reception.sql';
import { secondFactors } from './schema/second-factor.sql';
import { sessions } from './schema/session.sql';
import { signIn } from './schema/sign-in.sql';
import { structures } from './schema/structure.sql';
import { RecoveryCodeEntity, SecondFactorEntity } from './second-factor/second-factor.entity';
import { ForgottenPasswords } from './sign-in/forgotten-passwords.service';
import {
  AccessTokenEntity,
  EmailChangeEntity,
  KnownOriginEntity,
  PasswordWantedEntity,
  SignInAttemptEntity,
} from './sign-in/sign-in.entity';
import { StructureDecisionEntity, StructureEntity, StructureFormerNameEntity } from './structure/structure.entity';
import { StructureTagsEntity } from './tags/tags.entity';
import { UsersModule } from './users.module';
import { conventionSlice, personSlice, structureSlice } from './users.slices';
import { usersSentences } from './users.french';

/** Structures, accounts, employments, sign-in. */
export const usersLibrary: Library = {
  name: 'users',
  french: usersSentences,
  module: () => UsersModule,
  slices: [structureSlice, personSlice, networkSlice, conventionSlice],
  entities: [
    StructureEntity,
    StructureDecisionEntity,
    StructureFormerNameEntity,
    AccountEntity,
    EmploymentEntity,
    InvitationEntity,
    AccessTokenEntity,
    EmailChangeEntity,
    KnownOriginEntity,
    SignInAttemptEntity,
    PasswordWantedEntity,
    SecondFactorEntity,
    RecoveryCodeEntity,
    DelaySettingEntity,
    StructureLeafletEntity,
    StructureContactsEntity,
    StructureTagsEntity,
    DelayChangeEntity,
    ConventionEntity,
    PostPeriodEntity,
    AbsenceEntity,
  ],
  journal: [
    'sign-in',
    'sign-out',
    'invitation-accepted',
    'password-reset',
    'password-changed',
    'sessions.ended',
    'second-factor.set-up',
    'second-factor.codes',
    'second-factor.removed',
  ],
  chores: [ForgottenPasswords],
  // Who had signed out since is signed out, and a link for a forgotten password is asked for anew.
  restored: [
    'update access_token set ended_at = $1 where ended_at is null',
    'delete from password_wanted where wanted_at <= $1',
  ],
  migrations: usersMigrations,
  texts: [
    ...structures,
    ...nearness,
    ...absences,
    ...reception,
    ...employments,
    ...accounts,
    ...secondFactors,
    ...sessions,
    ...signIn,
    ...conventions,
  ],
  asks: [placesNear, receptionOf],
};
