import type { ReactNode } from 'preact/compat';
import { api } from '../api/client';
import { dayOf, duration, hourOf, isDay, longDay, today } from '../api/dates';
import { about } from '../api/refusal';
import { Duration } from '../sessions/Duration';
import { Where } from '../sessions/Where';
import { ChooseColleague } from '../team/ChooseColleague';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { nameOf } from '../pieces/Person';
import { OneOf } from '../pieces/Choices';
import { LongText, Text } from '../pieces/Text';
import { OwnNote } from '../pieces/OwnNote';
import { addDays, inWeeks } from './week';

export interface Planned {
  day: string;
  /** On the clocks of Paris: `10:00`. */
  time: string;
  minutes: string;
  where: string;
  counsellorId: string;
  text: string;
  privateNote: string;
}

interface Props {
  value: Planned;
  change: (part: Partial<Planned>) => void;
  error: unknown;
  busy: boolean;
  verb: string;
  onSend: () => void;
  onClose: () => void;
  /** The appointment that is moved: it does not stand in its own way. */
  moved?: string;
  children?: ReactNode;
}

/** Day, hour, how long, where, with whom; what that person has on that day stands beside. */
export function AppointmentForm({ value, change, error, busy, verb, onSend, onClose, moved, children }: Props) {
  const wrong = (member: string) => about(error, member);
  const near = ['Dans une semaine', 'Dans deux semaines', 'Dans trois semaines'].map((label, index) => {
    const code = inWeeks(today(), index + 1);
    return { code, label, hint: longDay(code) };
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSend();
      }}
    >
      {error != null && <Failure error={error} />}
      {children}
      <OneOf
        legend="Quand ?"
        choices={near}
        value={near.find(({ code }) => code === value.day)?.code}
        onChange={(day) => change({ day })}
      />
      <div className="side-by-side">
        <Text
          label="Jour"
          type="date"
          required
          min={today()}
          max={addDays(today(), 730)}
          value={value.day}
          onChange={(day) => change({ day })}
          wrong={wrong('at')}
        />
        <Text label="Heure" type="time" required step={300} value={value.time} onChange={(time) => change({ time })} />
        <Duration value={value.minutes} onChange={(minutes) => change({ minutes })} wrong={wrong('minutes')} />
      </div>
      <SameDay day={value.day} counsellorId={value.counsellorId} moved={moved} />
      <div className="side-by-side">
        <Where value={value.where} onChange={(where) => change({ where })} wrong={wrong('placeId') ?? wrong('place')} />
        <ChooseColleague
          label="Avec qui"
          value={value.counsellorId}
          onChange={(counsellorId) => change({ counsellorId })}
          wrong={wrong('counsellorId')}
        />
      </div>
      <details open={value.text !== '' || value.privateNote !== ''}>
        <summary>Ajouter : ce qu’il faut prévoir, une note</summary>
        <div className="form">
          <LongText
            label="Ce qu’il faut prévoir"
            hint="Par exemple : apporter la carte vitale. Toutes les structures qui suivent cette personne le lisent."
            maxLength={4000}
            value={value.text}
            onChange={(text) => change({ text })}
            wrong={wrong('text')}
          />
          <OwnNote
            value={value.privateNote}
            onChange={(privateNote) => change({ privateNote })}
            wrong={wrong('privateNote')}
          />
        </div>
      </details>
      <div className="acts">
        <Button main type="submit" busy={busy}>
          {verb}
        </Button>
        <Button onClick={onClose}>Revenir sans rien faire</Button>
      </div>
    </form>
  );
}

interface Busy {
  day: string;
  counsellorId: string;
  moved: string | undefined;
}

/** What is already planned on that day with that person: two at one hour are seen before they are made. */
function SameDay({ day, counsellorId, moved }: Busy) {
  const { data } = api.useQuery(
    'get',
    '/v1/appointments',
    { params: { query: { from: day, to: day, counsellor: counsellorId, limit: 30 } } },
    { enabled: isDay(day) },
  );
  const others = (data?.items ?? []).filter(({ id, at }) => id !== moved && dayOf(at) === day);
  if (!data || !isDay(day)) return null;
  return (
    <p className="soft" role="status">
      {others.length === 0
        ? `Rien d’autre n’est prévu le ${longDay(day)}.`
        : `Déjà prévu le ${longDay(day)} : ${others
            .map(({ at, minutes, resident }) => `${hourOf(at)} (${duration(minutes)}) ${nameOf(resident)}`)
            .join(' ; ')}.`}
    </p>
  );
}
