import { playADay } from './a-day';
import { Character } from './cast';
import { playDeparture } from './departure';
import { playNobodyAnswers } from './nobody-answers';
import type { StoryClock } from './story-clock';
import type { Teller } from './teller';

/** What takes weeks, on a system whose clock the story puts forward. */
export async function playLaterChapters(
  teller: Teller,
  baseUrl: string,
  password: string,
  clock: StoryClock,
): Promise<void> {
  const enter = (account: string) => Character.enter(baseUrl, `${account}.demo`, password);
  const people = {
    counsellor: await enter('conseiller.pays-sabolien@departement-sarthe'),
    leaver: await enter('conseiller.maine-saosnois@departement-sarthe'),
    manager: await enter('responsable@departement-sarthe'),
    coordinator: await enter('coordinateur@departement-sarthe'),
    redCross: await enter('responsable@croix-rouge'),
    postManager: await enter('responsable@la-poste'),
  };
  await playNobodyAnswers(teller, people, clock);
  await playDeparture(teller, people, clock);
  await playADay(teller, people, clock);
}
