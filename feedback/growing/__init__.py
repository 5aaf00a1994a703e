"""How people see their own growth: what is asked, and what has shifted."""
