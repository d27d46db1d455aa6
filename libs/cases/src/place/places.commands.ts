import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Context, Decided, Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { Changes } from '../entry/entry.decider';
import type { PlaceFields, PlaceRecord, PlaceState } from './place';
import { closePlace, correctPlace, openPlace, reopenPlace } from './place.decider';

type OfPlace = Outcome<{ placeId: Uuid }>;

export class OpenPlace extends Command<OfPlace> {
  constructor(
    readonly caller: Caller,
    readonly fields: PlaceFields,
  ) {
    super();
  }
}

@CommandHandler(OpenPlace)
export class OpenPlaceHandler implements ICommandHandler<OpenPlace> {
  constructor(private readonly records: Records) {}

  execute({ caller, fields }: OpenPlace): Promise<OfPlace> {
    return this.records.decide<PlaceRecord, { placeId: Uuid }>({
      caller,
      on: [{ kind: 'place', create: newId() }],
      decide: ([record]) => [openPlace(fields, record!.context)],
      result: (_, [record]) => ({ placeId: record!.id }),
    });
  }
}

/** What is done to a place that is there. */
export type PlaceChange = { verb: 'correct'; changes: Changes<PlaceFields> } | { verb: 'close' } | { verb: 'reopen' };

export class ChangePlace extends Command<OfPlace> {
  constructor(
    readonly caller: Caller,
    readonly placeId: Uuid,
    readonly change: PlaceChange,
  ) {
    super();
  }
}

@CommandHandler(ChangePlace)
export class ChangePlaceHandler implements ICommandHandler<ChangePlace> {
  constructor(private readonly records: Records) {}

  execute({ caller, placeId, change }: ChangePlace): Promise<OfPlace> {
    return this.records.decide<PlaceRecord, { placeId: Uuid }>({
      caller,
      on: [{ kind: 'place', id: placeId }],
      decide: ([record]) => [decided(record!.state.place, change, caller.ifMatch, record!.context)],
      result: () => ({ placeId }),
    });
  }
}

function decided(state: PlaceState, change: PlaceChange, ifMatch: number | undefined, context: Context): Decided[] {
  switch (change.verb) {
    case 'correct':
      return correctPlace(state, { changes: change.changes, ifMatch }, context);
    case 'close':
      return closePlace(state, ifMatch, context);
    case 'reopen':
      return reopenPlace(state, ifMatch, context);
  }
}

export const placesHandlers = [OpenPlaceHandler, ChangePlaceHandler];
