# What is a host and what is not, entry by entry: the only such table.

variables {
  hosts = {
    "1.2.3.4"                                     = "1.2.3.4/32"
    "1.2.3.4/32"                                  = "1.2.3.4/32"
    "203.0.113.7"                                 = "203.0.113.7/32"
    "9.9.9.9/32"                                  = "9.9.9.9/32"
    "10.0.0.1"                                    = "10.0.0.1/32"
    "100.200.249.250"                             = "100.200.249.250/32"
    "192.168.0.0"                                 = "192.168.0.0/32"
    "223.255.255.255"                             = "223.255.255.255/32"
    "2001:db8::1"                                 = "2001:db8::1/128"
    "2001:db8::1/128"                             = "2001:db8::1/128"
    "2001:0DB8:0000:0000:0000:0000:0000:0001"     = "2001:db8::1/128"
    "2001:db8:0:0:1:0:0:1"                        = "2001:db8::1:0:0:1/128"
    "2001:db8::"                                  = "2001:db8::/128"
    "2001:db8:1:2:3:4:5::"                        = "2001:db8:1:2:3:4:5:0/128"
    "::1"                                         = "::1/128"
    "fe80::abcd"                                  = "fe80::abcd/128"
    "64:ff9b::102:304"                            = "64:ff9b::102:304/128"
    "2600:1f18:ffff:ffff:ffff:ffff:ffff:ffff/128" = "2600:1f18:ffff:ffff:ffff:ffff:ffff:ffff/128"
  }

  others = {
    ""                        = "is empty"
    " 1.2.3.4"                = "has a space or a character that no address has"
    "1.2.3.4 "                = "has a space or a character that no address has"
    "1.2.3.4\n"               = "has a space or a character that no address has"
    "1.2.3.4 /32"             = "has a space or a character that no address has"
    "1.2.3.4, 5.6.7.8"        = "has a space or a character that no address has"
    "1.2.3.\uff14"            = "has a space or a character that no address has"
    "1.2.3.4\u200b"           = "has a space or a character that no address has"
    "1.2.3.4-1.2.3.9"         = "is a range: list each host"
    "2001:db8::1-2001:db8::9" = "is a range: list each host"
    "1.2.3.4-9"               = "is a range: list each host"
    "01.2.3.4"                = "has a leading zero, which some programs read as octal"
    "1.2.3.04/32"             = "has a leading zero, which some programs read as octal"
    "1.2.00.4"                = "has a leading zero, which some programs read as octal"
    "::ffff:1.2.3.4"          = "is an IPv4 address written as IPv6: write it as IPv4"
    "::ffff:1.2.3.4/128"      = "is an IPv4 address written as IPv6: write it as IPv4"
    "::FFFF:102:304"          = "is an IPv4 address written as IPv6: write it as IPv4"
    "0:0:0:0:0:ffff:102:304"  = "is an IPv4 address written as IPv6: write it as IPv4"
    "64:ff9b::1.2.3.4"        = "is an IPv4 address written as IPv6: write it as IPv4"
    "localhost"               = "is a name, and a policy looks up no names: write the address"
    "console.example.com"     = "is a name, and a policy looks up no names: write the address"
    "console.example.com/32"  = "is a name, and a policy looks up no names: write the address"
    "face"                    = "is a name, and a policy looks up no names: write the address"
    "0x7f.0.0.1"              = "is a name, and a policy looks up no names: write the address"
    "https://1.2.3.4"         = "is not an IPv4 or IPv6 address"
    "1.2.3.4:443"             = "is not an IPv4 or IPv6 address"
    "[2001:db8::1]"           = "is not an IPv4 or IPv6 address"
    "1.2.3"                   = "is not an IPv4 or IPv6 address"
    "1.2.3.4.5"               = "is not an IPv4 or IPv6 address"
    "1.2.3.4."                = "is not an IPv4 or IPv6 address"
    "1.2..4"                  = "is not an IPv4 or IPv6 address"
    "1.2.3.256"               = "is not an IPv4 or IPv6 address"
    "1.2.3.-4"                = "is not an IPv4 or IPv6 address"
    "1.2.3.*"                 = "is not an IPv4 or IPv6 address"
    "16909060"                = "is not an IPv4 or IPv6 address"
    "/32"                     = "is not an IPv4 or IPv6 address"
    ":"                       = "is not an IPv4 or IPv6 address"
    ":::"                     = "is not an IPv4 or IPv6 address"
    "2001:db8::1::2"          = "is not an IPv4 or IPv6 address"
    "2001:db8:1:2:3:4:5"      = "is not an IPv4 or IPv6 address"
    "1:2:3:4:5:6:7:8:9"       = "is not an IPv4 or IPv6 address"
    "02001:db8::1"            = "is not an IPv4 or IPv6 address"
    "2001:db8::g"             = "is not an IPv4 or IPv6 address"
    "fe80::1%eth0"            = "is not an IPv4 or IPv6 address"
    "0.0.0.0"                 = "is no address that a host can have"
    "0.0.0.0/0"               = "is no address that a host can have"
    "224.0.0.1"               = "is no address that a host can have"
    "255.255.255.255"         = "is no address that a host can have"
    "::"                      = "is no address that a host can have"
    "::/0"                    = "is no address that a host can have"
    "ff02::1"                 = "is no address that a host can have"
    "1.2.3.4/"                = "has no number of bits after its slash"
    "1.2.3.4/032"             = "has no number of bits after its slash"
    "1.2.3.4/+32"             = "has no number of bits after its slash"
    "1.2.3.4/32/32"           = "has no number of bits after its slash"
    "1.2.3.4/255.255.255.255" = "has no number of bits after its slash"
    "1.2.3.4/33"              = "has more bits after its slash than the 32 of an address"
    "1.2.3.4/128"             = "has more bits after its slash than the 32 of an address"
    "2001:db8::1/129"         = "has more bits after its slash than the 128 of an address"
    "1.2.3.0/24"              = "is a range: list each host, bare or with /32"
    "1.2.3.4/24"              = "is a range: list each host, bare or with /32"
    "1.2.3.4/31"              = "is a range: list each host, bare or with /32"
    "1.2.3.4/0"               = "is a range: list each host, bare or with /32"
    "2001:db8::/64"           = "is a range: list each host, bare or with /128"
    "2001:db8::1/32"          = "is a range: list each host, bare or with /128"
  }
}

run "takes_hosts" {
  command = plan

  variables {
    addresses = keys(var.hosts)
  }

  assert {
    condition = local.taken == var.hosts
    error_message = join("\n", [
      for entry, cidr in var.hosts : "${entry} became ${try(local.taken[entry], "nothing")} instead of ${cidr}" if try(local.taken[entry], "") != cidr
    ])
  }

  assert {
    condition     = output.cidrs == tolist(sort(distinct(values(var.hosts))))
    error_message = "Not each host once and sorted: ${join(", ", output.cidrs)}"
  }
}

run "refuses_anything_else" {
  command = plan

  variables {
    addresses = keys(var.others)
  }

  expect_failures = [output.cidrs]

  assert {
    condition = local.refused == { for entry, reason in var.others : entry => "“${entry}” ${reason}." }
    error_message = join("\n", [
      for entry, reason in var.others : "${jsonencode(entry)}: ${try(local.refused[entry], "taken")} Not: ${reason}" if try(local.refused[entry], "") != "“${entry}” ${reason}."
    ])
  }
}

run "refuses_all_for_one" {
  command = plan

  variables {
    addresses = ["203.0.113.7", "203.0.113.0/24"]
  }

  expect_failures = [output.cidrs]
}

run "takes_none" {
  command = plan

  variables {
    addresses = []
  }

  assert {
    condition     = length(output.cidrs) == 0
    error_message = "No host became ${join(", ", output.cidrs)}"
  }
}
