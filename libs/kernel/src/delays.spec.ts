import { defaultDelays, delaysInForce } from './delays';

describe('the delays in force', () => {
  it('are the defaults, then the network’s, then the structure’s own', () => {
    expect(delaysInForce()).toEqual(defaultDelays);
    expect(delaysInForce({ answer: 25, firstSession: 10 })).toEqual({ ...defaultDelays, answer: 25, firstSession: 10 });
    expect(delaysInForce({ answer: 25, firstSession: 10 }, { answer: 15 })).toEqual({ ...defaultDelays, answer: 15, firstSession: 10 });
  });

  it.each([
    ['no reminder on or after the last day', { answer: 7 }, { reminders: [3], coordinator: 3, late: 7 }],
    ['the coordinator on the first reminder from that day on', { coordinator: 5 }, { reminders: [3, 7, 12], coordinator: 7 }],
    ['the coordinator with the last reminder at the latest', { coordinator: 19 }, { coordinator: 12 }],
    ['never less time under review', { answer: 40 }, { answer: 40, answerUnderReview: 40 }],
    ['late on the last day at the latest', { answer: 5, late: 9 }, { late: 5 }],
    ['nobody is reminded', { reminders: [] }, { reminders: [], coordinator: 12, answer: 20 }],
  ])('contradict each other nowhere: %s', (_, own, expected) => {
    expect(delaysInForce({}, own)).toMatchObject(expected);
    expect(delaysInForce(own)).toEqual(delaysInForce({}, own));
  });
});
