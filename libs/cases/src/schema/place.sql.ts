import { readTable } from '@fil-rouge/platform';
import { Place } from '../place/place.entity';

/** Where a structure receives is for everybody who is signed in, as its line in the directory. */
export const places = readTable(Place, { of: 'id', api: 'true', worker: true });
