-- Counters are kept for every reward by the day of purchase (`day:2026-11-21`), whatever caps its
-- version has: a later version may cap what was earned before it. A life and a period are sums of
-- days. Counted anew from the credited receipts.
DELETE FROM counters;
INSERT INTO counters (wallet_id, offer_id, period, earned_minor, receipts)
SELECT wallet_id, reward.value ->> 'offerId', 'day:' || substr(purchased_at, 1, 10),
  sum(reward.value ->> 'rewardMinor'), count(*)
FROM receipts, json_each(judged, '$.rewards') AS reward WHERE state = 'credited' GROUP BY 1, 2, 3;
