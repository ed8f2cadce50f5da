-- Grain: one channel.
select *
from (
    values
        ('amazon', 'Amazon', 'marketplace', 30), ('dotcom', 'Web shop', 'web', 30), ('ebay', 'eBay', 'marketplace', 30),
        ('export', 'Export', 'wholesale', 60), ('trade', 'Trade', 'wholesale', 60)
) as channels (channel, name, type, return_window_days)
order by channel
