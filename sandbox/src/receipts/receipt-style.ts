/** The strip of a receipt and the shelf to choose from. */
export const RECEIPT_STYLE = `
.strip {
  background: var(--surface); border: 1px solid var(--line); border-radius: 4px 4px 0 0;
  padding: 20px 16px 28px; width: 100%; max-width: 400px; font-size: 13px; line-height: 18px;
  mask: conic-gradient(from -45deg at bottom, #0000, #000 1deg 89deg, #0000 90deg) 50% / 12px 100%;
}
.strip hr { border: 0; border-top: 1px dashed var(--muted); margin: 10px 0; }
.strip .middle { text-align: center; }
.strip .pair { display: flex; justify-content: space-between; gap: 12px; }
.strip .pair span:last-child { white-space: nowrap; }
.strip .strong { font-size: 20px; line-height: 28px; font-weight: 700; }
.strip .item { margin: 6px 0; overflow-wrap: anywhere; }
.strip .code { margin: 16px auto 4px; max-width: 280px; }
.strip .code svg { display: block; width: 100%; border-radius: 4px; }
.desk { display: grid; gap: 20px; align-items: start; }
@media (min-width: 760px) { .desk { grid-template-columns: minmax(300px, 400px) 1fr; } }
.shelf { border: 0; padding: 0; margin: 0; }
.shelf label {
  display: flex; align-items: center; gap: 4px; margin: 0; padding: 10px 0; font-size: 15px;
  color: var(--ink); border-bottom: 1px solid var(--line);
}
.shelf .amount { margin-left: auto; padding-left: 12px; }
.receipts td:last-child, .receipts th:last-child { text-align: right; padding-right: 0; }
summary { cursor: pointer; font-weight: 600; padding: 6px 0; }
.shelf + button { margin-top: 16px; }
`
