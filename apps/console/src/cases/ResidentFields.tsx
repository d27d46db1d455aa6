import type { Shape } from '../api/client';
import { useWords } from '../api/words';
import { ChooseCommune, type Commune } from '../network/ChooseCommune';
import { Select } from '../pieces/Select';
import { Text } from '../pieces/Text';

/** What is written of a resident, as it stands in the form: everything is text until it is sent. */
export interface Written {
  firstName: string;
  lastName: string;
  birthName: string;
  birthYear: string;
  phone: string;
  email: string;
  commune?: Commune;
  gender: string;
  status: string;
  language: string;
  interpreter: boolean;
}

export const nothingWritten: Written = {
  firstName: '',
  lastName: '',
  birthName: '',
  birthYear: '',
  phone: '',
  email: '',
  gender: '',
  status: '',
  language: '',
  interpreter: false,
};

export const writtenOf = (resident: Shape<'ResidentResponse'>): Written => ({
  firstName: resident.firstName ?? '',
  lastName: resident.lastName ?? '',
  birthName: resident.birthName ?? '',
  birthYear: resident.birthYear?.toString() ?? '',
  phone: resident.phone ?? '',
  email: resident.email ?? '',
  ...(resident.commune && { commune: { code: resident.commune, name: resident.communeName ?? resident.commune } }),
  gender: resident.gender ?? '',
  status: resident.status ?? '',
  language: resident.language ?? '',
  interpreter: resident.interpreter ?? false,
});

/** The members of a body, those that were left empty left out. */
export const residentBody = ({ birthYear, commune, interpreter, ...texts }: Written): Shape<'ResidentBody'> => ({
  ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== '')),
  ...(birthYear && { birthYear: Number(birthYear) }),
  ...(interpreter && { interpreter }),
  commune: commune?.code ?? '',
  ...(commune && { communeName: commune.name }),
});

interface Props {
  value: Written;
  change: (part: Partial<Written>) => void;
  wrong: (member: string) => string | undefined;
}

/** Who somebody is: what is needed in sight, the rest folded. */
export function ResidentFields({ value, change, wrong }: Props) {
  const words = useWords();
  return (
    <>
      <div className="side-by-side">
        <Text
          label="Prénom"
          autoComplete="off"
          value={value.firstName}
          onChange={(firstName) => change({ firstName })}
          wrong={wrong('firstName')}
        />
        <Text
          label="Nom"
          autoComplete="off"
          value={value.lastName}
          onChange={(lastName) => change({ lastName })}
          wrong={wrong('lastName')}
        />
      </div>
      <ChooseCommune
        label="Où habite la personne ?"
        chosen={value.commune}
        onChoose={(commune) => change({ commune })}
        wrong={wrong('commune')}
      />
      <div className="side-by-side">
        <Text
          label="Téléphone"
          type="tel"
          autoComplete="off"
          value={value.phone}
          onChange={(phone) => change({ phone })}
          wrong={wrong('phone')}
        />
        <Text
          label="Année de naissance"
          inputMode="numeric"
          autoComplete="off"
          value={value.birthYear}
          onChange={(birthYear) => change({ birthYear })}
          wrong={wrong('birthYear')}
        />
      </div>
      <details>
        <summary>Ajouter : adresse électronique, nom de naissance, situation, langue</summary>
        <div className="form">
          <div className="side-by-side">
            <Text
              label="Adresse électronique"
              type="email"
              autoComplete="off"
              value={value.email}
              onChange={(email) => change({ email })}
              wrong={wrong('email')}
            />
            <Text
              label="Nom de naissance"
              autoComplete="off"
              value={value.birthName}
              onChange={(birthName) => change({ birthName })}
              wrong={wrong('birthName')}
            />
          </div>
          <div className="side-by-side">
            <Select
              label="Genre"
              value={value.gender}
              onChange={(gender) => change({ gender })}
              choices={[{ code: '', label: 'Pas demandé' }, ...words.all('genders')]}
            />
            <Select
              label="Situation"
              value={value.status}
              onChange={(status) => change({ status })}
              choices={[{ code: '', label: 'Pas demandée' }, ...words.all('residentStatuses')]}
            />
          </div>
          <Text
            label="Langue parlée, si ce n’est pas le français"
            hint="Son code de deux ou trois lettres : ar, es, tr, uk…"
            autoComplete="off"
            maxLength={3}
            value={value.language}
            onChange={(language) => change({ language })}
            wrong={wrong('language')}
          />
          <label className="choice">
            <input
              type="checkbox"
              checked={value.interpreter}
              onChange={({ currentTarget }) => change({ interpreter: currentTarget.checked })}
            />
            Il faut un interprète
          </label>
        </div>
      </details>
    </>
  );
}
