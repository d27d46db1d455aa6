/** A form that was begun earlier, on this device, comes back as it was left. */
export const FoundAgain = ({ found }: { found: boolean }) =>
  found && (
    <p className="notice" role="status">
      Vous aviez commencé à écrire : le voici, tel que vous l’aviez laissé.
    </p>
  );
