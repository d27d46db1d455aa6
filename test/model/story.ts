/** A story told twice, to the model and to the product's rules in memory, and compared after each step. */
import { mayDecide } from './case.rules';
import { timersOf } from './clock.rules';
import type { Command, Drawn, Told } from './commands';
import { later } from './days';
import { checkInvariants } from './invariants';
import type { Entry, Model } from './model';
import { opened } from './network';
import { observed } from './observed';
import { afterDecision, answer, concerned, decide, homeOf, ring } from './sequence';
import { steered } from './steering';
import { emptyStore, World } from './world';

/** `compared`: how much of each log has been. */
interface Story {
  models: Model[];
  worlds: World[];
  late: boolean;
  compared: number[];
  touched: Set<number>;
  count: Count;
}
export type Count = (what: string) => void;

/** @param leads who opened each of the records */
export function tell(leads: readonly string[], drawn: readonly Drawn[], count: Count = () => undefined): void {
  const store = emptyStore();
  const models = leads.map((lead, id) => opened(id, lead));
  const story: Story = {
    models,
    worlds: models.map((model) => new World(model, store)),
    late: false,
    compared: models.map(() => 0),
    touched: new Set(),
    count,
  };
  for (const one of drawn) {
    const command = { ...steered(story.models[one.on]!, one) };
    story.touched.clear();
    play(story, { on: one.on, command });
    if (!story.late) settle(story);
    compare(story, command);
  }
  for (const { status, reason, takenOver } of story.models.flatMap(({ referrals }) => referrals))
    count(`${takenOver ? 'a referral taken over' : 'a referral'}: ${status} ${reason ?? ''}`);
}

function play(story: Story, told: Told): void {
  const { command } = told;
  if (command.do === 'wait') return wait(story, command);
  if (command.do === 'decide') return theStateDecides(story, command);
  const home = homeOf(story.models, told);
  const all = concerned(story.models, home, command);
  const { refusal, next } = answer(story.models, home, command);
  const reply = World.do(
    all.map((id) => story.worlds[id]!),
    story.models[home]!,
    command,
  );
  const code = reply?.code ?? 'done';
  const kind =
    'action' in command
      ? command.action
      : 'kind' in command
        ? command.kind
        : 'decision' in command
          ? command.decision
          : '';
  story.count(`${command.do} ${kind} ${code}`);
  const allowed = refusal?.codes ?? ['done'];
  if (!allowed.includes(code)) expect({ command, code }).toEqual({ command, code: allowed.join(' or ') });
  if (refusal?.state && code === 'wrong-state')
    same({ command, status: reply?.status, actions: reply?.actions }, { command, ...refusal.state });
  story.models = [...next];
  for (const id of all) story.touched.add(id);
}

function theStateDecides(story: Story, command: Extract<Command, { do: 'decide' }>): void {
  if (!mayDecide(story.models[0]!, command)) return;
  const decided = decide(story.models, command);
  decided.forEach((model, id) => story.worlds[id]!.decided(model, command.structure));
  story.models = decided.map((model) => afterDecision(model, command.structure));
  story.models.forEach((_, id) => story.touched.add(id));
}

/** A punctual worker rings at each instant at which something falls due; a late one not before it is woken. */
function wait(story: Story, { days, hours, late }: Extract<Command, { do: 'wait' }>): void {
  const now = story.models[0]!.now;
  const until = later(now, { days, hours });
  story.late = late;
  if (!late) {
    settle(story);
    for (;;) {
      const next = story.models.flatMap((model) => Object.values(timersOf(model))).sort()[0];
      if (next === undefined || next > until) break;
      show(story, next > story.models[0]!.now ? next : story.models[0]!.now);
      settle(story);
    }
  }
  show(story, until);
}

function show(story: Story, now: string): void {
  story.models = story.models.map((model) => ({ ...model, now }));
}

function settle(story: Story): void {
  story.models = story.models.map((model, id) => {
    story.worlds[id]!.ring(model);
    const next = ring(model);
    if (next !== model) story.touched.add(id);
    return next;
  });
}

function compare({ models, worlds, compared, touched }: Story, command: Command): void {
  models.forEach((model, id) => {
    const world = worlds[id]!;
    same({ command, ...world.observed() }, { command, ...observed(model) });
    same({ command, log: sorted(world.log(compared[id]!)) }, { command, log: sorted(model.log.slice(compared[id])) });
    compared[id] = model.log.length;
  });
  checkInvariants(models, worlds, [...touched]);
}

/** Jest's comparison costs a millisecond; what is written the same way is the same. */
function same(found: object, meant: object): void {
  if (JSON.stringify(found) !== JSON.stringify(meant)) expect(found).toEqual(meant);
}

/** Within a commit the order of what follows is nobody's promise. */
const sorted = (log: readonly Entry[]): string[] =>
  log.map(({ at, type, about }) => `${at} ${type} ${about ?? ''}`).sort();
