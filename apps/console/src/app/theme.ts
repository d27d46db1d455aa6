const kept = 'theme';
export const themes = ['device', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const chosenTheme = (): Theme => themes.find((theme) => theme === localStorage.getItem(kept)) ?? 'device';

export function applyTheme(theme: Theme = chosenTheme()): void {
  localStorage.setItem(kept, theme);
  if (theme === 'device') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
