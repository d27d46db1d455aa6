import type { Shape } from '../api/client';
import { useWords } from '../api/words';
import { Structure } from '../pieces/Mark';

/** Where a follow-up could go, and why there. */
export function Destination({ of }: { of: Shape<'DestinationDto'> | undefined }) {
  const words = useWords();
  if (!of) return <p className="soft">Personne n’a été trouvé : à vous de choisir.</p>;
  const because = (of.because ?? []).map((why) => words.say('proposalReasons', why).toLowerCase()).join(', ');
  return (
    <>
      <p>
        {of.counsellor ? (
          <>
            {of.counsellor.name}, <Structure of={of.structure} />
          </>
        ) : (
          <Structure of={of.structure} />
        )}
      </p>
      {because && <p className="small soft">Parce que : {because}.</p>}
    </>
  );
}
