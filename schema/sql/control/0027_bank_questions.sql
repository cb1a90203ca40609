-- That a file never entered the bank is asked anew when nobody has confirmed it for two days: the
-- answer has to be of somebody who looked lately. The staff's log keeps what was said before.
DROP TRIGGER bank_resubmissions_stay;

CREATE TRIGGER bank_resubmissions_stay BEFORE UPDATE ON bank_resubmissions
WHEN new.file_id <> old.file_id OR new.number <> old.number OR old.confirmed_at IS NOT NULL
  OR EXISTS (SELECT 1 FROM bank_reports WHERE file_id = old.file_id)
  OR (new.confirmed_at IS NULL AND julianday(new.asked_at) < julianday(old.asked_at) + 2)
  OR (new.confirmed_at IS NOT NULL AND (new.reason <> old.reason
    OR new.asked_by <> old.asked_by OR new.asked_at <> old.asked_at))
BEGIN SELECT RAISE(ABORT, 'what was said of a file is never changed'); END;
