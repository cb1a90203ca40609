-- A photo may be several shots of one long receipt: their sizes in bytes, in order, as JSON.
-- `bytes` is their sum.
ALTER TABLE photos ADD COLUMN shots TEXT NOT NULL DEFAULT '[]';
UPDATE photos SET shots = json_array(bytes);

-- What was read says on which shot it stands.
UPDATE photos SET reading = json_set(reading,
    '$.shots', json_array(json_object(
      'width', json_extract(reading, '$.width'), 'height', json_extract(reading, '$.height'))),
    '$.risk', json_array(),
    '$.retailer.shot', 0, '$.taxNumber.shot', 0, '$.date.shot', 0, '$.time.shot', 0,
    '$.totalMinor.shot', 0, '$.fn.shot', 0, '$.fd.shot', 0, '$.fp.shot', 0)
  WHERE reading IS NOT NULL;

-- Pictures about to be deleted are told by the sizes of their shots too: as many parts as before.
UPDATE tasks SET payload = json_set(payload, '$.shots',
    json_array(json_extract(payload, '$.parts') * 524288))
  WHERE kind = 'forget_photo';
