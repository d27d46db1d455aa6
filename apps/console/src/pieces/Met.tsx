import { overtaken } from './stored';

/** Said above a form that somebody else has changed meanwhile. */
export const Met = ({ met, error }: { met: boolean; error: unknown }) =>
  (met || overtaken(error)) && (
    <p className="notice" role="alert">
      Quelqu’un a enregistré un changement ici pendant que vous écriviez. Ce que vous avez écrit est resté, le reste
      montre ce qui vient d’être enregistré. {overtaken(error) && 'Rien de vous n’est encore parti. '}Relisez, puis
      enregistrez.
    </p>
  );
