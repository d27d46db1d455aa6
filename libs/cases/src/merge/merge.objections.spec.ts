import type { CaseEventData } from '../case/case';
import { merge } from './merge.decider';
import { afpa, dataOf, departement, FollowUp, input, laPoste, merging } from './merge.story';

describe('what the resident objects to', () => {
  const post = () => new FollowUp('loser', laPoste);
  const opened = (loser: FollowUp, survivor: FollowUp) =>
    dataOf<CaseEventData['RecordsMerged']>(merge(loser.side(), survivor.side(), input, [])[1][0]).opened!.map(
      ({ structureId }) => structureId,
    );

  it.each<[string, string, FollowUp, FollowUp]>([
    [
      'the lead of the other record would contribute here',
      'objection',
      post(),
      new FollowUp('survivor').objects(laPoste),
    ],
    ['so would it where everybody is objected to', 'objection', post(), new FollowUp('survivor').objects('all')],
    [
      'the lead here would read all of the other record',
      'objection',
      post().objects(departement),
      new FollowUp('survivor'),
    ],
    ['so would it where everybody is objected to', 'objection', post().objects('all'), new FollowUp('survivor')],
    ['also of one that is closed', 'objection', post().objects(departement).closed(), new FollowUp('survivor')],
    [
      'and the last lead of two that are',
      'objection',
      post().objects(departement).closed(),
      new FollowUp('survivor').closed(),
    ],
    [
      'who leads both gains nothing',
      'done',
      new FollowUp('loser').objects('all'),
      new FollowUp('survivor').objects('all'),
    ],
    ['nor does who led a closed one last', 'done', post().closed(), new FollowUp('survivor').objects('all')],
    [
      'others do not stand against it',
      'done',
      post().helpedBy(afpa).objects(afpa),
      new FollowUp('survivor').objects(afpa),
    ],
  ])('%s: %s', (_, expected, loser, survivor) => expect(merging(loser, survivor)).toBe(expected));

  it('a contributor of the other record that is objected to here does not come along', () => {
    expect(opened(post().helpedBy(afpa), new FollowUp('survivor'))).toEqual([afpa, laPoste]);
    expect(opened(post().helpedBy(afpa), new FollowUp('survivor').objects(afpa))).toEqual([laPoste]);
  });

  it('who contributes only because it led a merged record leaves with the next merge, or not', () => {
    const survivor = () =>
      new FollowUp('survivor').happen('RecordsMerged', {
        loserId: 'first',
        takenOver: { objections: [], mergedFrom: [] },
        opened: [{ id: 'led', structureId: afpa, kind: 'contributor', source: 'first' }],
      });
    const ended = (loser: FollowUp) =>
      dataOf<CaseEventData['RecordsMerged']>(merge(loser.side(), survivor().side(), input, [])[1][0]).ended;
    expect([ended(post()), ended(post().objects(afpa))]).toEqual([undefined, ['led']]);
    expect(opened(survivor(), new FollowUp('third').objects(afpa))).toEqual([]);
  });
});
