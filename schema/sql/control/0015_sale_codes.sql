-- Abroad a sale is known by the identity of the code that its till printed: one question finds it.
CREATE INDEX sales_by_code ON sales (fiscal ->> 'identity')
  WHERE fiscal ->> 'identity' IS NOT NULL;
