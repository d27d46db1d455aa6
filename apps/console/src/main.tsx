import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './style/tokens.css';
import './style/ground.css';
import './style/pieces.css';
import './style/shell.css';
import './style/thread.css';
import './style/print.css';
import { createRoot } from 'preact/compat/client';
import { App } from './app/App';
import { addressNow } from './app/address';
import { keepFocus } from './app/focus';
import { fetchPage } from './app/routes';
import { applyTheme } from './app/theme';

applyTheme();
keepFocus();
fetchPage(addressNow());
createRoot(document.getElementById('page')!).render(<App />);
