-- The one definition of the features: used by training, comparison, drift check and release.
select
  trans_num,
  trans_date_trans_time,
  cc_num,
  is_fraud,
  amt,
  hour(trans_date_trans_time) as hour,
  city_pop,
  category,
  gender
from source
