-- Grain: one channel.
select shop(channel) as channel, name, type, return_window as return_window_days from channels order by channel
