"""Dutch formats as the portal writes them: a clock with a dot, a date without leading zeros."""

TIME_FORMAT = "H.i"
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H.i"
SHORT_DATE_FORMAT = "j-n-Y"
SHORT_DATETIME_FORMAT = "j-n-Y H.i"
MONTH_DAY_FORMAT = "j F"
