import { lazy, Suspense, useEffect, useState } from 'preact/compat';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Route, Router, Switch, useLocation } from 'wouter';

import { Refusal } from '../api/refusal';
import { Failure } from '../pieces/Answer';
import { Page } from '../pieces/Page';
import { overtaken } from '../pieces/stored';
import { Toasts } from '../pieces/toasts';
import { may, Present, signedOut, useSignedIn, type Me } from '../sign-in/me';
import { TakenOver, useTakenOver } from '../sign-in/elsewhere';
import { SignIn } from '../sign-in/SignIn';
import ChoosePassword from '../sign-in/ChoosePassword';
import ConfirmEmail from '../sign-in/ConfirmEmail';
import ForgottenPassword from '../sign-in/ForgottenPassword';
import { useAddress } from './address';
import { Boundary } from './Boundary';
import { routes } from './routes';
import { Shell } from './Shell';

/** Somebody's session has ended while a page was open: ask who is here, and the door opens. */
const askWhoIsHere = (error: unknown): void => {
  if (signedOut(error)) void queries.resetQueries({ queryKey: ['get', '/v1/me'] });
};

/** Asked of few, and once. */
const SecondFactorDoor = lazy(() => import('../sign-in/SecondFactorDoor'));
/** Of somebody without an account: whoever signs in does not wait for it. */
const AnswerOutside = lazy(() => import('../outside/AnswerOutside'));

const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.queryKey[1] !== '/v1/me') askWhoIsHere(error);
    },
  }),
  mutationCache: new MutationCache({
    onError: (error) => {
      askWhoIsHere(error);
      // Somebody else was quicker: what they stored is read.
      if (overtaken(error)) void queries.invalidateQueries();
    },
  }),
  defaultOptions: {
    // What is pressed while there is no network fails at once and says so; nothing is kept to be done later, when it may have been given up.
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      // What was refused stays refused; what did not arrive may arrive the second time.
      retry: (times, error) => times < 2 && !(error instanceof Refusal && error.status < 500),
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Router hook={useAddress}>
        <Toasts>
          <Switch>
            <Route path="/invitations/:token">
              {({ token }) => <ChoosePassword token={token} path="/v1/auth/invitations/accept" />}
            </Route>
            <Route path="/password-resets/:token">
              {({ token }) => <ChoosePassword token={token} path="/v1/auth/password-resets/accept" />}
            </Route>
            <Route path="/email-changes/:token">{({ token }) => <ConfirmEmail token={token} />}</Route>
            <Route path="/reponse/:token">
              {({ token }) => (
                <Boundary>
                  <Suspense fallback={null}>
                    {/* Another link in the same window is another resident. */}
                    <AnswerOutside token={token} key={token} />
                  </Suspense>
                </Boundary>
              )}
            </Route>
            <Route>
              <Inside />
            </Route>
          </Switch>
        </Toasts>
      </Router>
    </QueryClientProvider>
  );
}

/** Whether this desk has had somebody since the page was opened: then an end is said as one. */
let wasInside = false;

function Inside() {
  const [location] = useLocation();
  const { data: me, error, isPending } = useSignedIn();
  useEffect(() => {
    if (me) wasInside = true;
  }, [me]);
  const takenOver = useTakenOver(me);
  // Set up a moment ago: what is shown once is read before the pages come.
  const [unread, setUnread] = useState(false);
  if (takenOver) return <TakenOver />;
  if (signedOut(error))
    return (
      <Switch>
        <Route path="/forgotten-password">
          <ForgottenPassword />
        </Route>
        <Route>
          <SignIn ended={wasInside} />
        </Route>
      </Switch>
    );
  // Who is here is asked for now and then: one answer that is lost takes nothing away from whoever is writing.
  if (error != null && me === undefined) return <Failure error={error} again={() => void queries.resetQueries()} />;
  if (isPending) return null;
  if (me.secondFactorMissing || unread)
    return (
      <Suspense fallback={null}>
        <SecondFactorDoor onCodes={() => setUnread(true)} onDone={() => setUnread(false)} />
      </Suspense>
    );
  return (
    <Present value={me}>
      {/* Somebody else at the same desk finds nothing of what stood here. */}
      <Shell me={me} key={`${me.user.id} ${me.structure.id}`}>
        <Boundary key={location}>
          <Suspense fallback={<p className="soft">Un instant…</p>}>
            <Pages me={me} />
          </Suspense>
        </Boundary>
      </Shell>
    </Present>
  );
}

const Pages = ({ me }: { me: Me }) => (
  <Switch>
    {routes
      .filter(({ needs }) => may(me, needs))
      .map(({ path, page: Shown }) => (
        <Route path={path} key={path}>
          {/* One page for two residents would carry what was typed for the first into the second. */}
          {(params) => <Shown params={params as Record<string, string>} key={JSON.stringify(params)} />}
        </Route>
      ))}
    <Route>
      <Page title="Il n’y a rien à cette adresse" tab="Page introuvable">
        <p>Le lien est incomplet, ou cette page n’est pas pour votre rôle. La marge mène à ce qui est là.</p>
      </Page>
    </Route>
  </Switch>
);
