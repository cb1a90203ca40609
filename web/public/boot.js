// Runs before the first paint: applies the stored theme and hides prerendered Russian words when
// another language was chosen. A file, not an inline script, so that the CSP needs no hash for it.
;(() => {
  const root = document.documentElement
  try {
    const theme = localStorage.getItem('kopilka.theme')
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    if (localStorage.getItem('kopilka.locale') === 'en') root.dataset.words = 'pending'
  } catch {
    // Storage is denied: the system theme and Russian stay.
  }
})()
