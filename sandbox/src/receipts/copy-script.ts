/** Copies a text area on a button's press; without the clipboard it selects the text instead. */
export const COPY_SCRIPT = `
for (const button of document.querySelectorAll('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy)
  const words = button.textContent
  button.addEventListener('click', async () => {
    field.select()
    try {
      await navigator.clipboard.writeText(field.value)
    } catch {
      document.execCommand('copy')
    }
    button.textContent = button.dataset.copied
    setTimeout(() => { button.textContent = words }, 1500)
  })
}
`
