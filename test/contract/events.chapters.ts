/** The chapters, in the order in which they are told: each makes the system write something through HTTP and says which records hold it. */
import { outside } from './chapters/outside';
import { afterwards } from './chapters/afterwards';
import { followUps } from './chapters/follow-ups';
import { people } from './chapters/people';

export const chapters = { ...followUps, ...people, ...afterwards, ...outside };
