import { useQuery } from '@tanstack/react-query';

interface Network {
  name: string;
  logo?: string;
}

/** Whose network this is, as the service was told at its start. Until it has come, and when it does not, nothing stands there. */
function useNetwork(): Network {
  const { data } = useQuery({
    queryKey: ['network'],
    staleTime: Infinity,
    queryFn: async (): Promise<Network> => {
      const answer = await fetch('/network.json');
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json() as Promise<Network>;
    },
  });
  return data ?? { name: '' };
}

export const NetworkName = () => useNetwork().name;

/** Beside the name, which says the same. */
export function NetworkLogo() {
  const { logo } = useNetwork();
  return logo ? <img className="logo" src={logo} alt="" /> : null;
}

/** At the head of what is printed for somebody. */
export const Letterhead = () => (
  <p className="letterhead">
    <NetworkLogo />
    <NetworkName />
  </p>
);
