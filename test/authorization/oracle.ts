/**
 * What a structure may read of a record, worked out once more from the matrix of docs/who-sees-what.md and the bare log (types, structures, numbers): no code of the
 * policies, no grants, no parties. `may`: the upper bound; `must`: what has to be there as well. Where the two differ, the difference
 * is said beside it.
 */
export interface LogEvent {
  id: string;
  stream_id: string;
  seq: number;
  type: string;
  about: string | null;
  structure_id: string | null;
  data: {
    fromStructureId?: string;
    toStructureId?: string;
    parentFromId?: string;
    kind?: string;
    against?: string;
    lead?: { structureId: string };
  };
}
export interface LogPiece {
  event_id: string;
  kind: string;
}

interface Span {
  from: number;
  to: number | null;
}
type Conversation = {
  from: string;
  to: string | undefined;
  worded: number;
  parentFrom?: string;
  sent: boolean;
  ended: number | null;
  accepted: boolean;
  kind: 'referral' | 'push' | 'pull' | 'beside' | 'decided';
  effective: boolean;
};

const ending =
  /^(Referral(Completed|Returned|Declined|Withdrawn|Expired|Cancelled|Voided)|Handover(Declined|Withdrawn|Expired|Cancelled|TookEffect))$/;

/** A record as the matrix sees it: who led and contributed when, and which conversations there were. */
export class Oracle {
  private readonly leads = new Map<string, Span[]>();
  private readonly contributions = new Map<string, (Span & { referral: string })[]>();
  private readonly conversations = new Map<string, Conversation>();

  constructor(private readonly log: readonly LogEvent[]) {
    for (const event of log) this.happened(event);
  }

  private happened({ seq, type, about, structure_id, data }: LogEvent): void {
    if (type === 'CaseOpened') this.lead(structure_id!, seq);
    if (type === 'CaseClosed') this.endAsked(seq, () => true);
    if (type === 'ObjectionRecorded') this.endAsked(seq, (structure) => [structure, 'all'].includes(data.against!));
    if (type === 'ContributorLeft') this.endAsked(seq, (structure) => structure === structure_id);
    if (about === null) return;
    if (type === 'ReferralDrafted') {
      this.conversations.set(about, {
        from: data.fromStructureId!,
        to: data.toStructureId,
        worded: seq,
        parentFrom: data.parentFromId,
        sent: false,
        ended: null,
        accepted: false,
        kind: 'referral',
        effective: false,
      });
    }
    if (/^Handover(Proposed|Requested|TookEffect)$/.test(type) && !this.conversations.has(about)) {
      const kind =
        type === 'HandoverProposed'
          ? 'push'
          : type === 'HandoverRequested'
            ? (data.kind as 'pull' | 'beside')
            : 'decided';
      this.conversations.set(about, {
        from: data.fromStructureId ?? this.leader()!,
        to: data.toStructureId!,
        worded: 0,
        sent: true,
        ended: null,
        accepted: false,
        kind,
        effective: false,
      });
    }
    const conversation = this.conversations.get(about);
    if (!conversation) return;
    if (type === 'ReferralDraftEdited')
      Object.assign(conversation, { to: data.toStructureId, parentFrom: data.parentFromId, worded: seq });
    if (type === 'ReferralSent') conversation.sent = true;
    if (type === 'ReferralAccepted') {
      conversation.accepted = true;
      this.spans(this.contributions, conversation.to!).push({ from: seq, to: null, referral: about });
    }
    if (type === 'HandoverAccepted' && conversation.kind === 'beside') {
      conversation.effective = true;
      this.spans(this.contributions, conversation.to!).push({ from: seq, to: null, referral: about });
    }
    if (ending.test(type) && conversation.ended === null) {
      conversation.ended = seq;
      for (const span of this.contributions.get(conversation.to ?? '') ?? [])
        if (span.referral === about) span.to ??= seq;
    }
    if (type === 'HandoverTookEffect' && data.toStructureId !== data.fromStructureId) {
      conversation.effective = true;
      this.lead(data.toStructureId!, seq);
    }
  }

  /** What no referral stands behind ends with the follow-up, and with an objection. */
  private endAsked(seq: number, those: (structure: string) => boolean): void {
    for (const [structure, spans] of this.contributions)
      for (const span of those(structure) ? spans : [])
        if (this.conversations.get(span.referral)?.kind === 'beside') span.to ??= seq;
  }

  private lead(structure: string, seq: number): void {
    for (const spans of this.leads.values()) for (const span of spans) span.to ??= seq;
    this.spans(this.leads, structure).push({ from: seq, to: null });
  }

  private spans<S>(of: Map<string, S[]>, structure: string): S[] {
    if (!of.has(structure)) of.set(structure, []);
    return of.get(structure)!;
  }

  private leader = (): string | undefined =>
    [...this.leads].find(([, spans]) => spans.some(({ to }) => to === null))?.[0];
  private contributes = (structure: string): boolean =>
    (this.contributions.get(structure) ?? []).some(({ to }) => to === null);
  private takesPart = (structure: string): boolean => this.leader() === structure || this.contributes(structure);

  /** Everything while it leads; up to the end of its last lead for a former one; 0: never led. */
  leadHorizon = (structure: string): number =>
    Math.max(0, ...(this.leads.get(structure) ?? []).map(({ to }) => to ?? Infinity));
  /** The same of the shared thread: a contributor reads all of it, from the first entry on. */
  threadHorizon = (structure: string): number => (this.contributes(structure) ? Infinity : this.leadHorizon(structure));

  participation(structure: string): string | null {
    if (this.leader() === structure) return 'lead';
    if (this.contributes(structure)) return 'contributor';
    if (this.leads.has(structure)) return 'former_lead';
    return this.contributions.has(structure) ? 'former_contributor' : null;
  }

  /** Of a conversation, the last event a party may read; 0: no party. */
  private partyHorizon(structure: string, about: string): number {
    const { from, to, parentFrom, sent, ended, kind } = this.conversations.get(about)!;
    const horizons = [0];
    if (to === structure && sent) horizons.push(ended ?? Infinity);
    // Whoever sent it, or sent what it continues, hears of it while it takes part; afterwards it keeps what it had heard.
    if (from === structure || parentFrom === structure)
      horizons.push(kind !== 'referral' || this.takesPart(structure) ? Infinity : this.lastPart(structure));
    return Math.max(...horizons);
  }

  /** What a draft said before it was worded as it went is for who made it, and who leads. */
  private isOver = (structure: string, { from, worded }: Conversation, { seq }: LogEvent): boolean =>
    from !== structure && seq < worded;

  private lastPart = (structure: string): number =>
    Math.max(
      0,
      ...[...(this.leads.get(structure) ?? []), ...(this.contributions.get(structure) ?? [])].map(
        ({ to }) => to ?? Infinity,
      ),
    );

  mayReadEvent(structure: string, event: LogEvent): boolean {
    if (event.structure_id === structure) return true;
    // How often somebody comes is for who leads, not part of the thread.
    if (event.type === 'CaseFellSilent') return event.seq <= this.leadHorizon(structure);
    const conversation =
      event.type !== 'HandoverTookEffect' && event.about !== null && this.conversations.has(event.about);
    if (!conversation) return event.seq <= this.threadHorizon(structure);
    return (
      event.seq <= this.leadHorizon(structure) ||
      (event.seq <= this.partyHorizon(structure, event.about!) &&
        !this.isOver(structure, this.conversations.get(event.about!)!, event))
    );
  }

  /** A sender that left and came back need not hear again of what ended while it was away. */
  mustReadEvent(structure: string, event: LogEvent): boolean {
    if (!this.mayReadEvent(structure, event)) return false;
    const conversation = event.about === null ? undefined : this.conversations.get(event.about);
    return (
      event.structure_id === structure ||
      conversation === undefined ||
      event.seq <= this.leadHorizon(structure) ||
      (conversation.to === structure && conversation.ended === null)
    );
  }

  mayReadPiece(structure: string, event: LogEvent, { kind }: LogPiece): boolean {
    const own = event.structure_id === structure;
    if (kind === 'private_note') return own;
    // The exception for what is one's own is for what one wrote, not for what one had been told of the resident.
    if (own && kind === 'shared_text') return true;
    const conversation = event.about === null ? undefined : this.conversations.get(event.about);
    if (!conversation) return event.seq <= this.threadHorizon(structure);
    return (
      event.seq <= this.leadHorizon(structure) ||
      (this.readsSheet(structure, conversation) && !this.isOver(structure, conversation, event))
    );
  }

  mustReadPiece = (structure: string, event: LogEvent, piece: LogPiece): boolean =>
    this.mayReadPiece(structure, event, piece) && this.mustReadEvent(structure, event);

  private readsSheet(structure: string, { from, to, sent, ended, kind, effective }: Conversation): boolean {
    if (kind === 'referral')
      return (to === structure && sent && ended === null) || (from === structure && this.takesPart(structure));
    if (from === structure) return true;
    return to === structure && (kind !== 'push' || ended === null || effective);
  }

  /** Whether the structure may have an image of the referral or handover in its lists. */
  mayKnow(structure: string, about: string): boolean {
    const { from, to, parentFrom, sent } = this.conversations.get(about)!;
    const drafted = this.log.find((event) => event.about === about)!.seq;
    return (
      from === structure ||
      (to === structure && sent) ||
      parentFrom === structure ||
      drafted <= this.leadHorizon(structure)
    );
  }
}
