export { Recount, recountAll } from './fact/recount.service';
export { Publications } from './publication/publications.service';
export { statisticsLibrary } from './statistics.library';
