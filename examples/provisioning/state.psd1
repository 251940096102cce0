@{
    version = 1
    Roles   = @(
        @{ Key = 'support'; Name = 'Support'; Permissions = 'user_read', 'user_manage' }
    )
    Groups  = @(
        @{ Key = 'on-call'; Description = 'Whoever answers the phone'; Roles = 'support' }
        @{ Key = 'staff'; Description = 'Everybody'; Roles = 'reader' }
    )
}
